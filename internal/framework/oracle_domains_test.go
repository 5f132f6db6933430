package framework_test

import (
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// cell is what the statements of one capability do not tell apart: choices, sets, a boolean, or numbers from low to high, which
// are the lowest and the highest that steps reach. Where numbers beyond high still belong to the cell, they end before under.
type cell struct {
	values     []any
	low, high  float64
	under      float64
	isLowest   bool
	isNumerals bool
}

// most is the largest number that a fact can have.
const most = 1<<53 - 1

// dimension is one fact as one capability sees it. Answers are its cells as the conflicts part them further; nil where they do not.
type dimension struct {
	fact    string
	cells   []cell
	answers []cell
}

func boolean(fact string) dimension {
	return dimension{fact: fact, cells: []cell{{values: []any{false}}, {values: []any{true}}}}
}

// booleans are boolean facts, in fact order.
func booleans(facts string) []dimension {
	var list []dimension
	for _, fact := range strings.Fields(facts) {
		list = append(list, boolean(fact))
	}
	return list
}

// choice is a fact whose cells are given as values joined by a bar.
func choice(fact string, cells ...string) dimension {
	return dimension{fact: fact, cells: choices(cells...)}
}

func choices(cells ...string) []cell {
	var list []cell
	for _, values := range cells {
		var c cell
		for _, value := range strings.Split(values, "|") {
			c.values = append(c.values, value)
		}
		list = append(list, c)
	}
	return list
}

// numbers is a fact whose cells are given by their ends.
func numbers(fact string, ends ...float64) dimension {
	return dimension{fact: fact, cells: spans(ends...)}
}

func spans(ends ...float64) []cell {
	var list []cell
	for pair := range slices.Chunk(ends, 2) {
		list = append(list, cell{low: pair[0], high: pair[1], isLowest: len(list) == 0, isNumerals: true})
	}
	return list
}

// rules is the one set of the dictionary: what counts is whether it is empty, and whether a supervised regime is in it.
func rules() dimension {
	return dimension{fact: "compliance", cells: []cell{
		{values: []any{[]string{}}},
		{values: []any{[]string{"gdpr"}}},
		{values: []any{[]string{"dora"}}},
	}}
}

// given is the value that an unknown fact takes in this cell: its first, or the number just inside its lower end, in the lowest
// cell just inside the upper one (design.md §4).
func (c cell) given() any {
	switch {
	case !c.isNumerals:
		return c.values[0]
	case c.isLowest:
		return c.high
	}
	return c.low
}

// nearest is the value of the cell that a known number moves to, and how far that is.
func (c cell) nearest(present any) (value any, distance float64) {
	from, isNumber := number(present)
	if !isNumber {
		return c.given(), 0
	}
	to := min(max(from, c.low), c.high)
	return to, max(from-to, to-from)
}

func (c cell) has(value any) bool {
	if n, isNumber := number(value); isNumber {
		return n <= c.high || n < c.under
	}
	return slices.ContainsFunc(c.values, func(v any) bool { return same(v, value) })
}

func number(value any) (float64, bool) {
	switch n := value.(type) {
	case int:
		return float64(n), true
	case float64:
		return n, true
	}
	return 0, false
}

// same compares two values that are not numbers; sets as rules does.
func same(a, b any) bool {
	if list, isList := a.([]string); isList {
		other := b.([]string)
		return len(list) == 0 == (len(other) == 0) && supervised(list) == supervised(other)
	}
	return a == b
}

// supervised reports whether one of the rules is a regime under which somebody always asks for evidence.
func supervised(rules []string) bool {
	return slices.ContainsFunc(rules, func(rule string) bool { return rule == "dora" || rule == "pci_dss" || rule == "iso_27001" })
}

// capability is one row of the table below.
type capability struct {
	id      string
	rows    func(*factSheet) []row
	prepare bool
	states  int
	facts   []dimension // in fact order
}

// capabilities are the eight, with the facts that their verdicts rest on and how finely.
func capabilities() []capability {
	return []capability{
		{"service-mesh", serviceMesh, false, 65536, slices.Concat(
			booleans("layer1_stable"),
			[]dimension{{"services", spans(0, 2, 3, 4, 5, 5, 6, most), spans(0, 1, 2, 2, 3, 4, 5, 5, 6, most)}},
			[]dimension{choice("call_chains", "simple", "complex")},
			booleans("services_in_production"),
			[]dimension{choice("kubernetes_experience", "none", "some|strong")},
			booleans("mtls_needed mtls_compliance services_can_do_mtls service_metrics_needed traffic_splitting_needed dependency_map_wanted"),
			booleans("network_policies_sufficient service_metrics_sufficient mesh_capacity"),
			[]dimension{numbers("debugging_hours_per_week", 0, 4, 4.25, most)},
		)},
		{"distributed-tracing", distributedTracing, false, 8192, slices.Concat(
			booleans("layer1_stable"),
			[]dimension{numbers("services", 0, 1, 2, 4, 5, 5, 6, most)},
			[]dimension{choice("call_chains", "simple", "complex")},
			booleans("dependency_map_wanted"),
			[]dimension{numbers("debugging_hours_per_incident", 0, 1, 1.25, most)},
			booleans("root_cause_analysis_needed signal_correlation_needed debugging_without_traces_works trace_storage_budget"),
			booleans("instrumentation_capacity incidents_without_root_cause service_dependencies_known"),
		)},
		{"chaos-engineering", chaosEngineering, false, 4096, slices.Concat(
			booleans("layer1_stable"),
			[]dimension{{"environment", choices("development", "staging|production"), choices("development", "staging", "production")}},
			booleans("ha_claimed ha_tested ha_setup incident_prevention_wanted rto_rpo_validation_needed resilience_confidence_wanted"),
			booleans("slo_validation_wanted failure_incidents monitoring_in_place experiment_capacity"),
		)},
		{"policy-enforcement", policyEnforcement, false, 4608, slices.Concat(
			booleans("layer1_stable"),
			[]dimension{numbers("developers", 0, 4, 5, 10, 11, most)},
			booleans("developers_all_k8s_experts"),
			[]dimension{rules()},
			booleans("compliance_evidence_asked misconfiguration_incidents deployment_validation_wanted validation_compliance"),
			booleans("deployment_audit_trail_needed manual_review_works policy_capacity"),
		)},
		{"cost-visibility", costVisibility, false, 8192, slices.Concat(
			booleans("layer1_stable budget_concerns"),
			[]dimension{numbers("cost_growth_percent_per_month", 0, 20, 21, most)},
			[]dimension{choice("tenancy", "single", "multi")},
			booleans("fixed_costs cost_allocation_unclear"),
			[]dimension{{"cost_reporting", choices("none", "showback|chargeback"), choices("none", "showback", "chargeback")}},
			booleans("idle_detection_wanted capacity_planning_wanted ample_budget cost_metrics_sufficient cost_capacity management_asks_costs"),
		)},
		{"multi-region", multiRegion, true, 192, slices.Concat(
			booleans("users_in_several_regions regional_latency_required"),
			[]dimension{choice("disaster_recovery", "none", "one_region|restore_elsewhere", "several_regions")},
			[]dimension{{fact: "rto_minutes", cells: underAnHour()}},
			booleans("residency_in_several_regions traffic_outgrows_region single_region_sufficient"),
		)},
		{"observability", observability, false, 1024, slices.Concat(
			booleans("layer1_stable signal_correlation_needed ha_claimed layer1_observability_sufficient alerting_strategy_clear slo_monitoring_wanted"),
			booleans("slos_defined alert_fatigue debugging_slow_without_correlation observability_capacity"),
		)},
		{"auditing", auditing, false, 1536, slices.Concat(
			booleans("layer1_stable"),
			[]dimension{rules()},
			booleans("compliance_evidence_asked security_team incident_investigation_needed untraced_security_incident break_glass_needed siem_wanted"),
			booleans("basic_audit_logs_sufficient audit_trail_asked_for"),
		)},
	}
}

// underAnHour parts at 60 minutes; 59.5 is under it too.
func underAnHour() []cell {
	cells := spans(0, 59, 60, most)
	cells[0].under = 60
	return cells
}

// samples are values of the facts that are not boolean, on, below and above every line that any condition draws.
func samples(fact string) []any {
	switch fact {
	case "services":
		return []any{0, 1, 2, 3, 4, 5, 6, 9}
	case "developers":
		return []any{0, 4, 5, 10, 11, 40}
	case "debugging_hours_per_week":
		return []any{0.0, 3.75, 4.0, 4.1, 4.25, 12.5}
	case "debugging_hours_per_incident":
		return []any{0.0, 0.75, 1.0, 1.1, 1.25, 8.0}
	case "cost_growth_percent_per_month":
		return []any{0.0, 19.0, 20.0, 20.5, 21.0, 80.0}
	case "rto_minutes":
		return []any{0.0, 15.0, 59.0, 59.5, 60.0, 60.5, 240.0}
	case "environment":
		return []any{"development", "staging", "production"}
	case "call_chains":
		return []any{"simple", "complex"}
	case "kubernetes_experience":
		return []any{"none", "some", "strong"}
	case "tenancy":
		return []any{"single", "multi"}
	case "cost_reporting":
		return []any{"none", "showback", "chargeback"}
	case "disaster_recovery":
		return []any{"none", "one_region", "restore_elsewhere", "several_regions"}
	case "compliance":
		return []any{[]string{}, []string{"gdpr"}, []string{"gdpr", "other"}, []string{"dora", "other"}, []string{"iso_27001"}, []string{"gdpr", "dora", "pci_dss", "iso_27001", "other"}}
	}
	return []any{false, true}
}

// sample is one of them by chance.
func sample(random *rand.Rand, fact string) any {
	values := samples(fact)
	return values[random.IntN(len(values))]
}

// conflict is a row of logic.md §6, with the facts that it mentions.
type conflict struct {
	facts []string
	holds func(p *factSheet) bool
}

// conflicts are those that do not depend on what runs.
func conflicts() []conflict {
	var list []conflict
	add := func(facts string, holds func(p *factSheet) bool) {
		list = append(list, conflict{strings.Fields(facts), holds})
	}

	add("rto_minutes disaster_recovery", func(p *factSheet) bool { return p.DisasterRecovery == "none" })
	add("rto_minutes single_region_sufficient", func(p *factSheet) bool { return p.RTOMinutes < 60 && p.SingleRegionSufficient })
	add("rto_rpo_validation_needed disaster_recovery", func(p *factSheet) bool { return p.RTORPOValidationNeeded && p.DisasterRecovery == "none" })
	add("single_region_sufficient disaster_recovery", func(p *factSheet) bool { return p.SingleRegionSufficient && p.DisasterRecovery == "several_regions" })
	add("single_region_sufficient residency_in_several_regions", func(p *factSheet) bool { return p.SingleRegionSufficient && p.ResidencyInSeveralRegions })
	add("single_region_sufficient users_in_several_regions regional_latency_required", func(p *factSheet) bool {
		return p.SingleRegionSufficient && p.UsersInSeveralRegions && p.RegionalLatencyRequired
	})
	add("single_region_sufficient traffic_outgrows_region", func(p *factSheet) bool { return p.SingleRegionSufficient && p.TrafficOutgrowsRegion })

	add("fixed_costs cost_growth_percent_per_month", func(p *factSheet) bool { return p.FixedCosts && p.CostGrowthPercentPerMonth > 20 })
	add("fixed_costs budget_concerns", func(p *factSheet) bool { return p.FixedCosts && p.BudgetConcerns })
	add("ample_budget budget_concerns", func(p *factSheet) bool { return p.AmpleBudget && p.BudgetConcerns })
	add("ample_budget cost_growth_percent_per_month", func(p *factSheet) bool { return p.AmpleBudget && p.CostGrowthPercentPerMonth > 20 })
	add("tenancy cost_reporting", func(p *factSheet) bool { return p.Tenancy == "single" && p.CostReporting == "chargeback" })
	add("tenancy cost_allocation_unclear", func(p *factSheet) bool { return p.Tenancy == "single" && p.CostAllocationUnclear })
	add("cost_metrics_sufficient cost_allocation_unclear", func(p *factSheet) bool { return p.CostMetricsSufficient && p.CostAllocationUnclear })

	add("debugging_without_traces_works incidents_without_root_cause", func(p *factSheet) bool {
		return p.DebuggingWithoutTracesWorks && p.IncidentsWithoutRootCause
	})
	add("debugging_without_traces_works debugging_hours_per_incident", func(p *factSheet) bool {
		return p.DebuggingWithoutTracesWorks && p.DebuggingHoursPerIncident > 1
	})
	add("manual_review_works misconfiguration_incidents", func(p *factSheet) bool { return p.ManualReviewWorks && p.MisconfigurationIncidents })
	add("basic_audit_logs_sufficient audit_trail_asked_for", func(p *factSheet) bool { return p.BasicAuditLogsSufficient && p.AuditTrailAskedFor })
	add("basic_audit_logs_sufficient untraced_security_incident", func(p *factSheet) bool {
		return p.BasicAuditLogsSufficient && p.UntracedSecurityIncident
	})
	add("alerting_strategy_clear alert_fatigue", func(p *factSheet) bool { return p.AlertingStrategyClear && p.AlertFatigue })
	add("layer1_observability_sufficient debugging_slow_without_correlation", func(p *factSheet) bool {
		return p.Layer1ObservabilitySufficient && p.DebuggingSlowWithoutCorrelation
	})
	add("service_metrics_sufficient debugging_hours_per_week", func(p *factSheet) bool { return p.ServiceMetricsSufficient && p.DebuggingHoursPerWeek > 4 })
	add("network_policies_sufficient mtls_compliance", func(p *factSheet) bool { return p.NetworkPoliciesSufficient && p.MTLSCompliance })

	add("slo_validation_wanted slos_defined", func(p *factSheet) bool { return p.SLOValidationWanted && !p.SLOsDefined })
	add("error_budget_tracked slos_defined", func(p *factSheet) bool { return p.ErrorBudgetTracked && !p.SLOsDefined })
	add("ha_tested ha_setup", func(p *factSheet) bool { return p.HATested && !p.HASetup })
	add("services call_chains", func(p *factSheet) bool { return p.Services < 2 && p.CallChains == "complex" })
	add("services_in_production environment", func(p *factSheet) bool { return p.ServicesInProduction && p.Environment != "production" })
	add("failure_incidents environment", func(p *factSheet) bool { return p.FailureIncidents && p.Environment != "production" })
	add("developers_all_k8s_experts kubernetes_experience", func(p *factSheet) bool {
		return p.DevelopersAllK8sExperts && p.KubernetesExperience == "none"
	})
	add("compliance_evidence_asked compliance", func(p *factSheet) bool { return p.ComplianceEvidenceAsked && len(p.Compliance) == 0 })
	return list
}

// presumption is what silence about a fact is presumed to mean, if anything.
func presumption(fact int) (any, bool) {
	field := reflect.TypeFor[factSheet]().Field(fact)
	text, ok := field.Tag.Lookup("presumed")
	if !ok {
		return nil, false
	}
	switch field.Type.Kind() {
	case reflect.Bool:
		return text == "true", true
	case reflect.Float64:
		n, err := strconv.ParseFloat(text, 64)
		return n, err == nil
	case reflect.Slice:
		return []string(nil), text == "[]"
	}
	return text, true
}
