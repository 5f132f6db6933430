package peers

// The table of logic.md §3, typed by hand. Rows that repeat another (logic.md §7) are left out: no peer is slowed by them.

// effect is what a row against does.
type effect uint8

const (
	none effect = iota
	floors
	blocks
	argues
)

// row is one statement: when it holds, and its marks.
type row struct {
	id       string
	when     condition
	effect   effect
	answers  []string
	lifts    bool
	required bool
	measured bool
}

// capability is one table. Values are the cells of its facts that are not boolean: one value for each stretch of values that the rows
// tell apart.
type capability struct {
	id      string
	prepare bool
	rows    []row
	values  map[string][]any
}

// capabilities are the eight, in the framework's order.
func capabilities() []capability {
	return []capability{
		serviceMesh(), distributedTracing(), chaosEngineering(), policyEnforcement(),
		costVisibility(), multiRegion(), observability(), auditing(),
	}
}

// foundation is R1, asked of all but the one that is only prepared.
func foundation() row { return row{id: "R1", when: isNot("layer1_stable"), effect: blocks} }

func serviceMesh() capability {
	demanded := all(is("mtls_compliance"), isNot("services_can_do_mtls")) // mutual TLS, of services that cannot do it themselves
	return capability{
		id: "service-mesh",
		values: map[string][]any{
			"services":                 {2, 4, 5, 6},
			"call_chains":              {"simple", "complex"},
			"kubernetes_experience":    {"none", "some"},
			"debugging_hours_per_week": {4.0, 4.25},
		},
		rows: []row{
			{id: "SM-M", when: either(more("services", 5), all(least("services", 3), demanded)), required: true},
			{id: "SM-T1", when: all(more("services", 5), same("call_chains", "complex"))},
			{id: "SM-T2", when: either(is("mtls_needed"), is("mtls_compliance"))},
			{id: "SM-T3", when: is("service_metrics_needed")},
			{id: "SM-T4", when: is("traffic_splitting_needed")},
			{id: "SM-T5", when: is("dependency_map_wanted")},
			{id: "SM-N1", when: less("services", 3), effect: floors},
			{id: "SM-N2", when: isNot("mesh_capacity"), effect: blocks},
			{id: "SM-N3", when: all(is("network_policies_sufficient"), isNot("mtls_compliance")), answers: []string{"SM-T1", "SM-T2"}},
			{id: "SM-N4", when: all(is("service_metrics_sufficient"), most("debugging_hours_per_week", 4)), answers: []string{"SM-T3", "SM-T5"}},
			{id: "SM-W1", when: is("services_in_production")},
			{id: "SM-W2", when: is("mtls_compliance"), measured: true, lifts: true},
			{id: "SM-W3", measured: true, when: all(more("debugging_hours_per_week", 4),
				either(is("service_metrics_needed"), is("dependency_map_wanted")))},
			{id: "SM-L2", when: all(less("services", 5), no(demanded)), effect: argues},
			{id: "SM-L3", when: same("kubernetes_experience", "none"), effect: blocks},
			foundation(),
		},
	}
}

func distributedTracing() capability {
	suffices := all(is("debugging_without_traces_works"), isNot("incidents_without_root_cause"))
	return capability{
		id: "distributed-tracing",
		values: map[string][]any{
			"services":                     {1, 4, 5, 6},
			"call_chains":                  {"simple", "complex"},
			"debugging_hours_per_incident": {1.0, 1.25},
		},
		rows: []row{
			{id: "DT-T1", when: all(more("services", 5), same("call_chains", "complex"))},
			{id: "DT-T2", when: more("debugging_hours_per_incident", 1)},
			{id: "DT-T3", when: either(is("root_cause_analysis_needed"), is("incidents_without_root_cause"))},
			{id: "DT-T4", when: either(is("dependency_map_wanted"), isNot("service_dependencies_known"))},
			{id: "DT-T5", when: is("signal_correlation_needed")},
			{id: "DT-N1", when: either(less("services", 2), all(less("services", 5), same("call_chains", "simple"))), effect: floors},
			{id: "DT-N2", when: suffices, answers: []string{"DT-T1", "DT-T3", "DT-T5"}},
			{id: "DT-N3", when: isNot("trace_storage_budget"), effect: blocks},
			{id: "DT-N4", when: isNot("instrumentation_capacity"), effect: blocks},
			{id: "DT-W1", when: more("debugging_hours_per_incident", 1), measured: true},
			{id: "DT-W2", when: is("incidents_without_root_cause"), measured: true},
			{id: "DT-W3", when: isNot("service_dependencies_known")},
			{id: "DT-L1", when: less("services", 5), effect: argues},
			{id: "DT-L2", when: all(suffices, most("debugging_hours_per_incident", 1)), effect: argues},
			foundation(),
		},
	}
}

func chaosEngineering() capability {
	return capability{
		id:     "chaos-engineering",
		values: map[string][]any{"environment": {"development", "production"}},
		rows: []row{
			{id: "CE-M", when: same("environment", "development"), effect: floors},
			{id: "CE-T1", when: all(is("ha_claimed"), either(isNot("ha_tested"), isNot("ha_setup")))},
			{id: "CE-T2", when: either(is("incident_prevention_wanted"), is("failure_incidents"))},
			{id: "CE-T3", when: is("rto_rpo_validation_needed")},
			{id: "CE-T4", when: is("resilience_confidence_wanted")},
			{id: "CE-T5", when: is("slo_validation_wanted")},
			{id: "CE-N1", when: isNot("ha_setup"), effect: blocks},
			{id: "CE-N3", when: isNot("experiment_capacity"), effect: blocks},
			{id: "CE-N4", when: isNot("monitoring_in_place"), effect: blocks},
			{id: "CE-W1", when: all(is("ha_claimed"), isNot("ha_tested")), measured: true},
			{id: "CE-W2", when: is("failure_incidents"), measured: true},
			{id: "CE-W3", when: is("resilience_confidence_wanted")},
			foundation(),
		},
	}
}

// regimes are the values of compliance in which every row that mentions it is true or false alike: no rule, a rule, a supervised one.
func regimes() []any { return []any{[]string{}, []string{"gdpr"}, []string{"dora"}} }

// regulated is that a rule applies (PE-T2, AU-T1), evidence that somebody asks to see it kept (PE-W1, AU-W1).
func regulated() condition { return either(some("compliance"), is("compliance_evidence_asked")) }

func evidence() condition {
	return either(is("compliance_evidence_asked"), has("compliance", "dora"), has("compliance", "pci_dss"), has("compliance", "iso_27001"))
}

func policyEnforcement() capability {
	rule := is("validation_compliance")
	reviewed := all(is("manual_review_works"), isNot("misconfiguration_incidents"))
	laymen := all(more("developers", 10), isNot("developers_all_k8s_experts"))
	return capability{
		id: "policy-enforcement",
		values: map[string][]any{
			"developers": {4, 10, 11},
			"compliance": regimes(),
		},
		rows: []row{
			{id: "PE-T1", when: laymen},
			{id: "PE-T2", when: regulated()},
			{id: "PE-T3", when: is("misconfiguration_incidents")},
			{id: "PE-T4", when: either(is("deployment_validation_wanted"), rule)},
			{id: "PE-T5", when: is("deployment_audit_trail_needed")},
			{id: "PE-N1", when: all(less("developers", 5), is("developers_all_k8s_experts"), no(rule), no(evidence())),
				answers: []string{"PE-T2", "PE-T4", "PE-T5"}},
			{id: "PE-N2", when: all(reviewed, no(rule), no(evidence())), answers: []string{"PE-T2", "PE-T4"}},
			{id: "PE-N3", when: no(regulated()), answers: []string{"PE-T2"}},
			{id: "PE-N4", when: isNot("policy_capacity"), effect: blocks},
			{id: "PE-W1", when: either(evidence(), rule), measured: true},
			{id: "PE-W2", when: is("misconfiguration_incidents"), measured: true},
			{id: "PE-W3", when: laymen},
			{id: "PE-L1", when: all(less("developers", 5), no(rule)), effect: argues},
			{id: "PE-L2", when: all(reviewed, no(rule), either(most("developers", 10), no(evidence()))), effect: argues},
			foundation(),
		},
	}
}

func costVisibility() capability {
	fast, slow := more("cost_growth_percent_per_month", 20), most("cost_growth_percent_per_month", 20)
	return capability{
		id: "cost-visibility",
		values: map[string][]any{
			"cost_growth_percent_per_month": {20.0, 21.0},
			"tenancy":                       {"single", "multi"},
			"cost_reporting":                {"none", "showback"},
		},
		rows: []row{
			{id: "CV-T1", when: either(is("budget_concerns"), fast)},
			{id: "CV-T2", when: same("tenancy", "multi")},
			{id: "CV-T3", when: either(no(same("cost_reporting", "none")), is("management_asks_costs"))},
			{id: "CV-T4", when: is("idle_detection_wanted")},
			{id: "CV-T5", when: is("capacity_planning_wanted")},
			{id: "CV-N1", when: all(same("tenancy", "single"), is("fixed_costs")), effect: floors},
			{id: "CV-N2", when: all(is("ample_budget"), slow), answers: []string{"CV-T1", "CV-T4"}},
			{id: "CV-N3", when: is("cost_metrics_sufficient"), answers: []string{"CV-T4", "CV-T5"}},
			{id: "CV-N4", when: isNot("cost_capacity"), effect: blocks},
			{id: "CV-W1", when: fast, measured: true},
			{id: "CV-W2", when: all(same("tenancy", "multi"), is("cost_allocation_unclear")), measured: true},
			{id: "CV-W3", when: is("management_asks_costs"), measured: true},
			{id: "CV-L1", when: all(same("tenancy", "single"), is("fixed_costs")), effect: argues},
			{id: "CV-L2", effect: argues, when: all(is("ample_budget"), slow,
				either(same("tenancy", "single"), same("cost_reporting", "none")))},
			foundation(),
		},
	}
}

func multiRegion() capability {
	return capability{
		id: "multi-region", prepare: true,
		values: map[string][]any{
			"disaster_recovery": {"none", "one_region", "several_regions"},
			"rto_minutes":       {59.0, 60.0},
		},
		rows: []row{
			{id: "MR-T1", when: all(is("users_in_several_regions"), is("regional_latency_required"))},
			{id: "MR-T2", when: either(same("disaster_recovery", "several_regions"),
				all(less("rto_minutes", 60), isNot("single_region_sufficient")))},
			{id: "MR-T3", when: is("residency_in_several_regions")},
			{id: "MR-T4", when: is("traffic_outgrows_region")},
			{id: "MR-N1", when: is("single_region_sufficient"), answers: []string{"MR-T1", "MR-T4"}},
			{id: "MR-N2", when: same("disaster_recovery", "none"), answers: []string{"MR-T2"}},
		},
	}
}

func observability() capability {
	promised := all(is("ha_claimed"), isNot("slos_defined"))
	return capability{
		id: "observability",
		rows: []row{
			{id: "OB-T1", when: isNot("layer1_observability_sufficient")},
			{id: "OB-T2", when: either(isNot("alerting_strategy_clear"), is("alert_fatigue"))},
			{id: "OB-T3", when: either(is("signal_correlation_needed"), is("debugging_slow_without_correlation"))},
			{id: "OB-T4", when: either(is("slo_monitoring_wanted"), promised)},
			{id: "OB-W1", when: is("alert_fatigue"), measured: true},
			{id: "OB-W2", when: is("debugging_slow_without_correlation"), measured: true},
			{id: "OB-W3", when: isNot("slos_defined"), measured: true},
			{id: "OB-L1", effect: argues, when: all(is("layer1_observability_sufficient"), is("alerting_strategy_clear"),
				isNot("alert_fatigue"), isNot("debugging_slow_without_correlation"), no(promised))},
			{id: "OB-L3", when: isNot("observability_capacity"), effect: blocks},
			foundation(),
		},
	}
}

func auditing() capability {
	logged := all(is("basic_audit_logs_sufficient"), isNot("audit_trail_asked_for"), isNot("untraced_security_incident"))
	return capability{
		id:     "auditing",
		values: map[string][]any{"compliance": regimes()},
		rows: []row{
			{id: "AU-T1", when: regulated()},
			{id: "AU-T2", when: either(is("incident_investigation_needed"), is("untraced_security_incident"), is("audit_trail_asked_for"))},
			{id: "AU-T3", when: is("break_glass_needed")},
			{id: "AU-T4", when: is("siem_wanted")},
			{id: "AU-N1", when: no(regulated()), answers: []string{"AU-T1"}},
			{id: "AU-N2", when: all(logged, no(evidence())), answers: []string{"AU-T1", "AU-T2", "AU-T4"}},
			{id: "AU-N3", when: isNot("security_team"), answers: []string{"AU-T4"}},
			{id: "AU-W1", when: evidence(), measured: true},
			{id: "AU-W2", when: is("audit_trail_asked_for"), measured: true},
			{id: "AU-W3", when: is("break_glass_needed")},
			{id: "AU-L1", when: all(no(regulated()), isNot("untraced_security_incident")), effect: argues},
			{id: "AU-L2", when: logged, effect: argues},
			{id: "AU-L3", when: all(isNot("security_team"), isNot("audit_trail_asked_for")), effect: argues},
			foundation(),
		},
	}
}
