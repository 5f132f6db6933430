package framework_test

// The tables of logic.md §2, §3 and §6, typed by hand as Go: the oracle for the engine. Nothing here reads the knowledge
// or uses parsers and diagrams.

// factSheet is a situation in which everything is known. The fields are in fact order; a tag says what is presumed while the fact is
// unknown.
type factSheet struct {
	Layer1Stable                    bool     `fact:"layer1_stable" presumed:"true"`
	Environment                     string   `fact:"environment" presumed:"production"`
	Services                        int      `fact:"services"`
	CallChains                      string   `fact:"call_chains" presumed:"simple"`
	ServicesInProduction            bool     `fact:"services_in_production" presumed:"true"`
	Developers                      int      `fact:"developers"`
	DevelopersAllK8sExperts         bool     `fact:"developers_all_k8s_experts" presumed:"false"`
	KubernetesExperience            string   `fact:"kubernetes_experience" presumed:"some"`
	Compliance                      []string `fact:"compliance" presumed:"[]"`
	ComplianceEvidenceAsked         bool     `fact:"compliance_evidence_asked" presumed:"false"`
	SecurityTeam                    bool     `fact:"security_team" presumed:"true"`
	MTLSNeeded                      bool     `fact:"mtls_needed" presumed:"false"`
	MTLSCompliance                  bool     `fact:"mtls_compliance" presumed:"false"`
	ServicesCanDoMTLS               bool     `fact:"services_can_do_mtls" presumed:"true"`
	ServiceMetricsNeeded            bool     `fact:"service_metrics_needed" presumed:"false"`
	TrafficSplittingNeeded          bool     `fact:"traffic_splitting_needed" presumed:"false"`
	DependencyMapWanted             bool     `fact:"dependency_map_wanted" presumed:"false"`
	NetworkPoliciesSufficient       bool     `fact:"network_policies_sufficient" presumed:"false"`
	ServiceMetricsSufficient        bool     `fact:"service_metrics_sufficient" presumed:"false"`
	MeshCapacity                    bool     `fact:"mesh_capacity" presumed:"true"`
	DebuggingHoursPerWeek           float64  `fact:"debugging_hours_per_week" presumed:"0"`
	DebuggingHoursPerIncident       float64  `fact:"debugging_hours_per_incident" presumed:"0"`
	RootCauseAnalysisNeeded         bool     `fact:"root_cause_analysis_needed" presumed:"false"`
	SignalCorrelationNeeded         bool     `fact:"signal_correlation_needed" presumed:"false"`
	DebuggingWithoutTracesWorks     bool     `fact:"debugging_without_traces_works" presumed:"false"`
	TraceStorageBudget              bool     `fact:"trace_storage_budget" presumed:"true"`
	InstrumentationCapacity         bool     `fact:"instrumentation_capacity" presumed:"true"`
	IncidentsWithoutRootCause       bool     `fact:"incidents_without_root_cause" presumed:"false"`
	ServiceDependenciesKnown        bool     `fact:"service_dependencies_known" presumed:"true"`
	HAClaimed                       bool     `fact:"ha_claimed" presumed:"false"`
	HATested                        bool     `fact:"ha_tested" presumed:"false"`
	HASetup                         bool     `fact:"ha_setup" presumed:"true"`
	IncidentPreventionWanted        bool     `fact:"incident_prevention_wanted" presumed:"false"`
	RTORPOValidationNeeded          bool     `fact:"rto_rpo_validation_needed" presumed:"false"`
	ResilienceConfidenceWanted      bool     `fact:"resilience_confidence_wanted" presumed:"false"`
	SLOValidationWanted             bool     `fact:"slo_validation_wanted" presumed:"false"`
	FailureIncidents                bool     `fact:"failure_incidents" presumed:"false"`
	MonitoringInPlace               bool     `fact:"monitoring_in_place" presumed:"true"`
	ExperimentCapacity              bool     `fact:"experiment_capacity" presumed:"true"`
	MisconfigurationIncidents       bool     `fact:"misconfiguration_incidents" presumed:"false"`
	DeploymentValidationWanted      bool     `fact:"deployment_validation_wanted" presumed:"false"`
	ValidationCompliance            bool     `fact:"validation_compliance" presumed:"false"`
	DeploymentAuditTrailNeeded      bool     `fact:"deployment_audit_trail_needed" presumed:"false"`
	ManualReviewWorks               bool     `fact:"manual_review_works" presumed:"false"`
	PolicyCapacity                  bool     `fact:"policy_capacity" presumed:"true"`
	BudgetConcerns                  bool     `fact:"budget_concerns" presumed:"false"`
	CostGrowthPercentPerMonth       float64  `fact:"cost_growth_percent_per_month" presumed:"0"`
	Tenancy                         string   `fact:"tenancy" presumed:"single"`
	FixedCosts                      bool     `fact:"fixed_costs" presumed:"false"`
	CostAllocationUnclear           bool     `fact:"cost_allocation_unclear" presumed:"false"`
	CostReporting                   string   `fact:"cost_reporting" presumed:"none"`
	IdleDetectionWanted             bool     `fact:"idle_detection_wanted" presumed:"false"`
	CapacityPlanningWanted          bool     `fact:"capacity_planning_wanted" presumed:"false"`
	AmpleBudget                     bool     `fact:"ample_budget" presumed:"false"`
	CostMetricsSufficient           bool     `fact:"cost_metrics_sufficient" presumed:"false"`
	CostCapacity                    bool     `fact:"cost_capacity" presumed:"true"`
	ManagementAsksCosts             bool     `fact:"management_asks_costs" presumed:"false"`
	UsersInSeveralRegions           bool     `fact:"users_in_several_regions" presumed:"false"`
	RegionalLatencyRequired         bool     `fact:"regional_latency_required" presumed:"false"`
	DisasterRecovery                string   `fact:"disaster_recovery" presumed:"none"`
	RTOMinutes                      float64  `fact:"rto_minutes" presumed:"60"`
	ResidencyInSeveralRegions       bool     `fact:"residency_in_several_regions" presumed:"false"`
	TrafficOutgrowsRegion           bool     `fact:"traffic_outgrows_region" presumed:"false"`
	SingleRegionSufficient          bool     `fact:"single_region_sufficient" presumed:"false"`
	Layer1ObservabilitySufficient   bool     `fact:"layer1_observability_sufficient" presumed:"true"`
	AlertingStrategyClear           bool     `fact:"alerting_strategy_clear" presumed:"true"`
	SLOMonitoringWanted             bool     `fact:"slo_monitoring_wanted" presumed:"false"`
	SLOsDefined                     bool     `fact:"slos_defined" presumed:"true"`
	AlertFatigue                    bool     `fact:"alert_fatigue" presumed:"false"`
	DebuggingSlowWithoutCorrelation bool     `fact:"debugging_slow_without_correlation" presumed:"false"`
	ObservabilityCapacity           bool     `fact:"observability_capacity" presumed:"true"`
	IncidentInvestigationNeeded     bool     `fact:"incident_investigation_needed" presumed:"false"`
	UntracedSecurityIncident        bool     `fact:"untraced_security_incident" presumed:"false"`
	BreakGlassNeeded                bool     `fact:"break_glass_needed" presumed:"false"`
	SIEMWanted                      bool     `fact:"siem_wanted" presumed:"false"`
	BasicAuditLogsSufficient        bool     `fact:"basic_audit_logs_sufficient" presumed:"false"`
	AuditTrailAskedFor              bool     `fact:"audit_trail_asked_for" presumed:"false"`

	// Facts of Layer 3. Conflicts mention one of them.
	MultiRegionBusinessCase     bool `fact:"multi_region_business_case"`
	DatabaseStrategyClear       bool `fact:"database_strategy_clear"`
	DatabaseMultiRegionReady    bool `fact:"database_multi_region_ready"`
	MultiRegionCapacity         bool `fact:"multi_region_capacity"`
	ContinuousChaosWanted       bool `fact:"continuous_chaos_wanted"`
	ChaosRoutine                bool `fact:"chaos_routine"`
	ErrorBudgetAutomationWanted bool `fact:"error_budget_automation_wanted"`
	ErrorBudgetTracked          bool `fact:"error_budget_tracked"`
	RightsizingAutomationWanted bool `fact:"rightsizing_automation_wanted"`
	ManualRightsizingRoutine    bool `fact:"manual_rightsizing_routine"`
	AutoRemediationWanted       bool `fact:"auto_remediation_wanted"`
	PoliciesEnforced            bool `fact:"policies_enforced"`
}

// row is a statement of logic.md §3 on a fact sheet: whether it holds, and its marks.
type row struct {
	id       string
	holds    bool
	effect   string // floor, blocker, later
	answers  []string
	lifts    string
	required bool
	measured bool
	sameAs   string // logic.md §7
}

// gated is what R1 says of every capability but one that is only prepared.
func gated(p *factSheet) row { return row{id: "R1", holds: !p.Layer1Stable, effect: "blocker"} }

// evidenceAsked is what makes a rule press: evidence that is asked for, or a supervised regime, under which somebody always asks.
func evidenceAsked(p *factSheet) bool { return p.ComplianceEvidenceAsked || supervised(p.Compliance) }

func serviceMesh(p *factSheet) []row {
	onlyAMeshCan := p.MTLSCompliance && !p.ServicesCanDoMTLS
	return []row{
		{id: "SM-M", holds: p.Services > 5 || p.Services >= 3 && onlyAMeshCan, required: true},
		{id: "SM-T1", holds: p.Services > 5 && p.CallChains == "complex"},
		{id: "SM-T2", holds: p.MTLSNeeded || p.MTLSCompliance},
		{id: "SM-T3", holds: p.ServiceMetricsNeeded},
		{id: "SM-T4", holds: p.TrafficSplittingNeeded},
		{id: "SM-T5", holds: p.DependencyMapWanted},
		{id: "SM-N1", holds: p.Services < 3, effect: "floor"},
		{id: "SM-N2", holds: !p.MeshCapacity, effect: "blocker"},
		{id: "SM-N3", holds: p.NetworkPoliciesSufficient && !p.MTLSCompliance, answers: []string{"SM-T1", "SM-T2"}},
		{id: "SM-N4", holds: p.ServiceMetricsSufficient && p.DebuggingHoursPerWeek <= 4, answers: []string{"SM-T3", "SM-T5"}},
		{id: "SM-W1", holds: p.ServicesInProduction},
		{id: "SM-W2", holds: p.MTLSCompliance, measured: true, lifts: "SM-M"},
		{id: "SM-W3", holds: p.DebuggingHoursPerWeek > 4 && (p.ServiceMetricsNeeded || p.DependencyMapWanted), measured: true},
		{id: "SM-L1", holds: !p.Layer1Stable, effect: "blocker", sameAs: "R1"},
		{id: "SM-L2", holds: p.Services < 5 && !onlyAMeshCan, effect: "later"},
		{id: "SM-L3", holds: p.KubernetesExperience == "none", effect: "blocker"},
		gated(p),
	}
}

func distributedTracing(p *factSheet) []row {
	suffices := p.DebuggingWithoutTracesWorks && !p.IncidentsWithoutRootCause
	return []row{
		{id: "DT-T1", holds: p.Services > 5 && p.CallChains == "complex"},
		{id: "DT-T2", holds: p.DebuggingHoursPerIncident > 1},
		{id: "DT-T3", holds: p.RootCauseAnalysisNeeded || p.IncidentsWithoutRootCause},
		{id: "DT-T4", holds: p.DependencyMapWanted || !p.ServiceDependenciesKnown},
		{id: "DT-T5", holds: p.SignalCorrelationNeeded},
		{id: "DT-N1", holds: p.Services < 2 || p.Services < 5 && p.CallChains == "simple", effect: "floor"},
		{id: "DT-N2", holds: suffices, answers: []string{"DT-T1", "DT-T3", "DT-T5"}},
		{id: "DT-N3", holds: !p.TraceStorageBudget, effect: "blocker"},
		{id: "DT-N4", holds: !p.InstrumentationCapacity, effect: "blocker"},
		{id: "DT-W1", holds: p.DebuggingHoursPerIncident > 1, measured: true},
		{id: "DT-W2", holds: p.IncidentsWithoutRootCause, measured: true},
		{id: "DT-W3", holds: !p.ServiceDependenciesKnown},
		{id: "DT-L1", holds: p.Services < 5, effect: "later"},
		{id: "DT-L2", holds: suffices && p.DebuggingHoursPerIncident <= 1, effect: "later"},
		{id: "DT-L3", holds: !p.TraceStorageBudget, effect: "blocker", sameAs: "DT-N3"},
		gated(p),
	}
}

func chaosEngineering(p *factSheet) []row {
	return []row{
		{id: "CE-M", holds: p.Environment == "development", effect: "floor"},
		{id: "CE-T1", holds: p.HAClaimed && (!p.HATested || !p.HASetup)},
		{id: "CE-T2", holds: p.IncidentPreventionWanted || p.FailureIncidents},
		{id: "CE-T3", holds: p.RTORPOValidationNeeded},
		{id: "CE-T4", holds: p.ResilienceConfidenceWanted},
		{id: "CE-T5", holds: p.SLOValidationWanted},
		{id: "CE-N1", holds: !p.HASetup, effect: "blocker"},
		{id: "CE-N2", holds: !p.Layer1Stable, effect: "blocker", sameAs: "R1"},
		{id: "CE-N3", holds: !p.ExperimentCapacity, effect: "blocker"},
		{id: "CE-N4", holds: !p.MonitoringInPlace, effect: "blocker"},
		{id: "CE-W1", holds: p.HAClaimed && !p.HATested, measured: true},
		{id: "CE-W2", holds: p.FailureIncidents, measured: true},
		{id: "CE-W3", holds: p.ResilienceConfidenceWanted},
		{id: "CE-L1", holds: !p.Layer1Stable, effect: "blocker", sameAs: "R1"},
		{id: "CE-L2", holds: !p.HASetup, effect: "blocker", sameAs: "CE-N1"},
		{id: "CE-L3", holds: !p.MonitoringInPlace, effect: "blocker", sameAs: "CE-N4"},
		gated(p),
	}
}

func policyEnforcement(p *factSheet) []row {
	demanded := p.ValidationCompliance || evidenceAsked(p)
	reviewed := p.ManualReviewWorks && !p.MisconfigurationIncidents
	return []row{
		{id: "PE-T1", holds: p.Developers > 10 && !p.DevelopersAllK8sExperts},
		{id: "PE-T2", holds: len(p.Compliance) > 0 || p.ComplianceEvidenceAsked},
		{id: "PE-T3", holds: p.MisconfigurationIncidents},
		{id: "PE-T4", holds: p.DeploymentValidationWanted || p.ValidationCompliance},
		{id: "PE-T5", holds: p.DeploymentAuditTrailNeeded},
		{id: "PE-N1", holds: p.Developers < 5 && p.DevelopersAllK8sExperts && !demanded, answers: []string{"PE-T2", "PE-T4", "PE-T5"}},
		{id: "PE-N2", holds: reviewed && !demanded, answers: []string{"PE-T2", "PE-T4"}},
		{id: "PE-N3", holds: len(p.Compliance) == 0 && !p.ComplianceEvidenceAsked, answers: []string{"PE-T2"}},
		{id: "PE-N4", holds: !p.PolicyCapacity, effect: "blocker"},
		{id: "PE-W1", holds: demanded, measured: true},
		{id: "PE-W2", holds: p.MisconfigurationIncidents, measured: true},
		{id: "PE-W3", holds: p.Developers > 10 && !p.DevelopersAllK8sExperts},
		{id: "PE-L1", holds: p.Developers < 5 && !p.ValidationCompliance, effect: "later"},
		{id: "PE-L2", holds: reviewed && !p.ValidationCompliance && (p.Developers <= 10 || !evidenceAsked(p)), effect: "later"},
		{id: "PE-L3", holds: !p.PolicyCapacity, effect: "blocker", sameAs: "PE-N4"},
		gated(p),
	}
}

func costVisibility(p *factSheet) []row {
	fast := p.CostGrowthPercentPerMonth > 20
	return []row{
		{id: "CV-T1", holds: p.BudgetConcerns || fast},
		{id: "CV-T2", holds: p.Tenancy == "multi"},
		{id: "CV-T3", holds: p.CostReporting != "none" || p.ManagementAsksCosts},
		{id: "CV-T4", holds: p.IdleDetectionWanted},
		{id: "CV-T5", holds: p.CapacityPlanningWanted},
		{id: "CV-N1", holds: p.Tenancy == "single" && p.FixedCosts, effect: "floor"},
		{id: "CV-N2", holds: p.AmpleBudget && !fast, answers: []string{"CV-T1", "CV-T4"}},
		{id: "CV-N3", holds: p.CostMetricsSufficient, answers: []string{"CV-T4", "CV-T5"}},
		{id: "CV-N4", holds: !p.CostCapacity, effect: "blocker"},
		{id: "CV-W1", holds: fast, measured: true},
		{id: "CV-W2", holds: p.Tenancy == "multi" && p.CostAllocationUnclear, measured: true},
		{id: "CV-W3", holds: p.ManagementAsksCosts, measured: true},
		{id: "CV-L1", holds: p.Tenancy == "single" && p.FixedCosts, effect: "later"},
		{id: "CV-L2", holds: p.AmpleBudget && !fast && (p.Tenancy == "single" || p.CostReporting == "none"), effect: "later"},
		{id: "CV-L3", holds: !p.CostCapacity, effect: "blocker", sameAs: "CV-N4"},
		gated(p),
	}
}

func multiRegion(p *factSheet) []row {
	return []row{
		{id: "MR-T1", holds: p.UsersInSeveralRegions && p.RegionalLatencyRequired},
		{id: "MR-T2", holds: p.DisasterRecovery == "several_regions" || p.RTOMinutes < 60 && !p.SingleRegionSufficient},
		{id: "MR-T3", holds: p.ResidencyInSeveralRegions},
		{id: "MR-T4", holds: p.TrafficOutgrowsRegion},
		{id: "MR-N1", holds: p.SingleRegionSufficient, answers: []string{"MR-T1", "MR-T4"}},
		{id: "MR-N2", holds: p.DisasterRecovery == "none", answers: []string{"MR-T2"}},
	}
}

func observability(p *factSheet) []row {
	unmeasured := p.HAClaimed && !p.SLOsDefined
	fine := p.Layer1ObservabilitySufficient && p.AlertingStrategyClear && !p.AlertFatigue && !p.DebuggingSlowWithoutCorrelation && !unmeasured
	return []row{
		{id: "OB-T1", holds: !p.Layer1ObservabilitySufficient},
		{id: "OB-T2", holds: !p.AlertingStrategyClear || p.AlertFatigue},
		{id: "OB-T3", holds: p.SignalCorrelationNeeded || p.DebuggingSlowWithoutCorrelation},
		{id: "OB-T4", holds: p.SLOMonitoringWanted || unmeasured},
		{id: "OB-W1", holds: p.AlertFatigue, measured: true},
		{id: "OB-W2", holds: p.DebuggingSlowWithoutCorrelation, measured: true},
		{id: "OB-W3", holds: !p.SLOsDefined, measured: true},
		{id: "OB-L1", holds: fine, effect: "later"},
		{id: "OB-L2", holds: fine, effect: "later", sameAs: "OB-L1"},
		{id: "OB-L3", holds: !p.ObservabilityCapacity, effect: "blocker"},
		gated(p),
	}
}

func auditing(p *factSheet) []row {
	unregulated := len(p.Compliance) == 0 && !p.ComplianceEvidenceAsked
	kept := p.BasicAuditLogsSufficient && !p.AuditTrailAskedFor && !p.UntracedSecurityIncident
	return []row{
		{id: "AU-T1", holds: !unregulated},
		{id: "AU-T2", holds: p.IncidentInvestigationNeeded || p.UntracedSecurityIncident || p.AuditTrailAskedFor},
		{id: "AU-T3", holds: p.BreakGlassNeeded},
		{id: "AU-T4", holds: p.SIEMWanted},
		{id: "AU-N1", holds: unregulated, answers: []string{"AU-T1"}},
		{id: "AU-N2", holds: kept && !evidenceAsked(p), answers: []string{"AU-T1", "AU-T2", "AU-T4"}},
		{id: "AU-N3", holds: !p.SecurityTeam, answers: []string{"AU-T4"}},
		{id: "AU-W1", holds: evidenceAsked(p), measured: true},
		{id: "AU-W2", holds: p.AuditTrailAskedFor, measured: true},
		{id: "AU-W3", holds: p.BreakGlassNeeded},
		{id: "AU-L1", holds: unregulated && !p.UntracedSecurityIncident, effect: "later"},
		{id: "AU-L2", holds: kept, effect: "later"},
		{id: "AU-L3", holds: !p.SecurityTeam && !p.AuditTrailAskedFor, effect: "later"},
		gated(p),
	}
}

// outcome is the ladder of logic.md §1.
func outcome(rows []row, prepare bool) (verdict, because string) {
	var floor, need, lifted, blocked, now, later, measured bool
	big := true
	for _, r := range rows {
		floor = floor || r.holds && r.effect == "floor"
		blocked = blocked || r.holds && r.effect == "blocker"
		later = later || r.holds && r.effect == "later"
		big = big && (r.holds || !r.required)
		switch {
		case r.kind() == 'T' && stands(r, rows):
			need = true
		case r.kind() == 'W' && stands(r, rows):
			now = true
			measured = measured || r.measured
			lifted = lifted || r.lifts != ""
		}
	}
	switch {
	case floor:
		return "skip", "scale"
	case !need:
		return "skip", "need"
	case !big && !lifted:
		return "wait", "scale"
	case prepare:
		return "prepare", "timing"
	case blocked:
		return "wait", "readiness"
	case !big:
		return "consider", "contested"
	case later && !now:
		return "wait", "timing"
	case now && later:
		return "consider", "contested"
	case now && measured:
		return "adopt", "timing"
	case now:
		return "consider", "unmeasured"
	}
	return "consider", "no_pressure"
}

// kind is the letter of a statement's id that says in which list it stands; R for R1.
func (r row) kind() byte {
	if len(r.id) > 3 {
		return r.id[3]
	}
	if r.id == "R1" {
		return 'R'
	}
	return 'M'
}

// stands reports whether a trigger or reason for now holds and nothing that answers it does.
func stands(s row, rows []row) bool {
	for _, r := range rows {
		for _, id := range r.answers {
			if id == s.id && r.holds {
				return false
			}
		}
	}
	return s.holds
}
