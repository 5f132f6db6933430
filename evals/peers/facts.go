package peers

import (
	"fmt"
	"reflect"
)

// Facts is a situation in which all is known, as a Go program would hold it: the facts of logic.md §2.1, in fact order. The tag is
// the fact's name; expr reads it too.
type Facts struct {
	Layer1Stable                    bool     `expr:"layer1_stable"`
	Environment                     string   `expr:"environment"`
	Services                        int      `expr:"services"`
	CallChains                      string   `expr:"call_chains"`
	ServicesInProduction            bool     `expr:"services_in_production"`
	Developers                      int      `expr:"developers"`
	DevelopersAllK8sExperts         bool     `expr:"developers_all_k8s_experts"`
	KubernetesExperience            string   `expr:"kubernetes_experience"`
	Compliance                      []string `expr:"compliance"`
	ComplianceEvidenceAsked         bool     `expr:"compliance_evidence_asked"`
	SecurityTeam                    bool     `expr:"security_team"`
	MTLSNeeded                      bool     `expr:"mtls_needed"`
	MTLSCompliance                  bool     `expr:"mtls_compliance"`
	ServicesCanDoMTLS               bool     `expr:"services_can_do_mtls"`
	ServiceMetricsNeeded            bool     `expr:"service_metrics_needed"`
	TrafficSplittingNeeded          bool     `expr:"traffic_splitting_needed"`
	DependencyMapWanted             bool     `expr:"dependency_map_wanted"`
	NetworkPoliciesSufficient       bool     `expr:"network_policies_sufficient"`
	ServiceMetricsSufficient        bool     `expr:"service_metrics_sufficient"`
	MeshCapacity                    bool     `expr:"mesh_capacity"`
	DebuggingHoursPerWeek           float64  `expr:"debugging_hours_per_week"`
	DebuggingHoursPerIncident       float64  `expr:"debugging_hours_per_incident"`
	RootCauseAnalysisNeeded         bool     `expr:"root_cause_analysis_needed"`
	SignalCorrelationNeeded         bool     `expr:"signal_correlation_needed"`
	DebuggingWithoutTracesWorks     bool     `expr:"debugging_without_traces_works"`
	TraceStorageBudget              bool     `expr:"trace_storage_budget"`
	InstrumentationCapacity         bool     `expr:"instrumentation_capacity"`
	IncidentsWithoutRootCause       bool     `expr:"incidents_without_root_cause"`
	ServiceDependenciesKnown        bool     `expr:"service_dependencies_known"`
	HAClaimed                       bool     `expr:"ha_claimed"`
	HATested                        bool     `expr:"ha_tested"`
	HASetup                         bool     `expr:"ha_setup"`
	IncidentPreventionWanted        bool     `expr:"incident_prevention_wanted"`
	RTORPOValidationNeeded          bool     `expr:"rto_rpo_validation_needed"`
	ResilienceConfidenceWanted      bool     `expr:"resilience_confidence_wanted"`
	SLOValidationWanted             bool     `expr:"slo_validation_wanted"`
	FailureIncidents                bool     `expr:"failure_incidents"`
	MonitoringInPlace               bool     `expr:"monitoring_in_place"`
	ExperimentCapacity              bool     `expr:"experiment_capacity"`
	MisconfigurationIncidents       bool     `expr:"misconfiguration_incidents"`
	DeploymentValidationWanted      bool     `expr:"deployment_validation_wanted"`
	ValidationCompliance            bool     `expr:"validation_compliance"`
	DeploymentAuditTrailNeeded      bool     `expr:"deployment_audit_trail_needed"`
	ManualReviewWorks               bool     `expr:"manual_review_works"`
	PolicyCapacity                  bool     `expr:"policy_capacity"`
	BudgetConcerns                  bool     `expr:"budget_concerns"`
	CostGrowthPercentPerMonth       float64  `expr:"cost_growth_percent_per_month"`
	Tenancy                         string   `expr:"tenancy"`
	FixedCosts                      bool     `expr:"fixed_costs"`
	CostAllocationUnclear           bool     `expr:"cost_allocation_unclear"`
	CostReporting                   string   `expr:"cost_reporting"`
	IdleDetectionWanted             bool     `expr:"idle_detection_wanted"`
	CapacityPlanningWanted          bool     `expr:"capacity_planning_wanted"`
	AmpleBudget                     bool     `expr:"ample_budget"`
	CostMetricsSufficient           bool     `expr:"cost_metrics_sufficient"`
	CostCapacity                    bool     `expr:"cost_capacity"`
	ManagementAsksCosts             bool     `expr:"management_asks_costs"`
	UsersInSeveralRegions           bool     `expr:"users_in_several_regions"`
	RegionalLatencyRequired         bool     `expr:"regional_latency_required"`
	DisasterRecovery                string   `expr:"disaster_recovery"`
	RTOMinutes                      float64  `expr:"rto_minutes"`
	ResidencyInSeveralRegions       bool     `expr:"residency_in_several_regions"`
	TrafficOutgrowsRegion           bool     `expr:"traffic_outgrows_region"`
	SingleRegionSufficient          bool     `expr:"single_region_sufficient"`
	Layer1ObservabilitySufficient   bool     `expr:"layer1_observability_sufficient"`
	AlertingStrategyClear           bool     `expr:"alerting_strategy_clear"`
	SLOMonitoringWanted             bool     `expr:"slo_monitoring_wanted"`
	SLOsDefined                     bool     `expr:"slos_defined"`
	AlertFatigue                    bool     `expr:"alert_fatigue"`
	DebuggingSlowWithoutCorrelation bool     `expr:"debugging_slow_without_correlation"`
	ObservabilityCapacity           bool     `expr:"observability_capacity"`
	IncidentInvestigationNeeded     bool     `expr:"incident_investigation_needed"`
	UntracedSecurityIncident        bool     `expr:"untraced_security_incident"`
	BreakGlassNeeded                bool     `expr:"break_glass_needed"`
	SIEMWanted                      bool     `expr:"siem_wanted"`
	BasicAuditLogsSufficient        bool     `expr:"basic_audit_logs_sufficient"`
	AuditTrailAskedFor              bool     `expr:"audit_trail_asked_for"`
}

// column is one field of Facts.
type column struct {
	name, field string
	kind        reflect.Kind
	place       int
}

// facts are the fields of Facts, in fact order.
func facts() []column {
	var list []column
	for i, field := range reflect.VisibleFields(reflect.TypeFor[Facts]()) {
		list = append(list, column{field.Tag.Get("expr"), field.Name, field.Type.Kind(), i})
	}
	return list
}

// factNamed finds a fact. The table of this package names only facts that are there.
func factNamed(name string) column {
	for _, f := range facts() {
		if f.name == name {
			return f
		}
	}
	panic(fmt.Sprintf("no fact %q", name))
}

func (p *Facts) get(f column) any { return reflect.ValueOf(p).Elem().Field(f.place).Interface() }

func (p *Facts) set(f column, value any) {
	reflect.ValueOf(p).Elem().Field(f.place).Set(reflect.ValueOf(value))
}

// pointer points to the field of a fact in a struct.
func (f column) pointer(p *Facts) any {
	return reflect.ValueOf(p).Elem().Field(f.place).Addr().Interface()
}
