package peers

// The ladder as a Go programmer would write it for speed: the gates as plain conditions over a struct, asked in order, nothing asked
// that is not needed. This is written from logic.md independently, and not made from the table.

// ready is the end of the ladder, behind the gates of scale, need and readiness.
func ready(now, later, measured bool) Outcome {
	switch {
	case later && !now:
		return WaitTiming
	case later:
		return ConsiderContested
	case now && measured:
		return AdoptTiming
	case now:
		return ConsiderUnmeasured
	}
	return ConsiderNoPressure
}

func meshOf(p *Facts) Outcome {
	if p.Services < 3 {
		return SkipScale
	}
	complexity := p.Services > 5 && p.CallChains == "complex" || p.MTLSNeeded || p.MTLSCompliance
	if complexity && p.NetworkPoliciesSufficient && !p.MTLSCompliance {
		complexity = false
	}
	insight := p.ServiceMetricsNeeded || p.DependencyMapWanted
	if !complexity && !p.TrafficSplittingNeeded && (!insight || p.ServiceMetricsSufficient && p.DebuggingHoursPerWeek <= 4) {
		return SkipNeed
	}
	big := p.Services > 5 || p.MTLSCompliance && !p.ServicesCanDoMTLS
	if !big && !p.MTLSCompliance {
		return WaitScale
	}
	if !p.Layer1Stable || !p.MeshCapacity || p.KubernetesExperience == "none" {
		return WaitReadiness
	}
	if !big {
		return ConsiderContested
	}
	measured := p.MTLSCompliance || p.DebuggingHoursPerWeek > 4 && insight
	return ready(measured || p.ServicesInProduction, false, measured)
}

func tracingOf(p *Facts) Outcome {
	if p.Services < 2 || p.Services < 5 && p.CallChains == "simple" {
		return SkipScale
	}
	slow := p.DebuggingHoursPerIncident > 1
	suffices := p.DebuggingWithoutTracesWorks && !p.IncidentsWithoutRootCause
	if !slow && !p.DependencyMapWanted && p.ServiceDependenciesKnown {
		needed := p.Services > 5 && p.CallChains == "complex" || p.RootCauseAnalysisNeeded || p.IncidentsWithoutRootCause || p.SignalCorrelationNeeded
		if suffices || !needed {
			return SkipNeed
		}
	}
	if !p.Layer1Stable || !p.TraceStorageBudget || !p.InstrumentationCapacity {
		return WaitReadiness
	}
	measured := slow || p.IncidentsWithoutRootCause
	return ready(measured || !p.ServiceDependenciesKnown, p.Services < 5 || suffices && !slow, measured)
}

func chaosOf(p *Facts) Outcome {
	if p.Environment == "development" {
		return SkipScale
	}
	if !(p.HAClaimed && (!p.HATested || !p.HASetup) || p.IncidentPreventionWanted || p.FailureIncidents ||
		p.RTORPOValidationNeeded || p.ResilienceConfidenceWanted || p.SLOValidationWanted) {
		return SkipNeed
	}
	if !p.Layer1Stable || !p.HASetup || !p.ExperimentCapacity || !p.MonitoringInPlace {
		return WaitReadiness
	}
	measured := p.HAClaimed && !p.HATested || p.FailureIncidents
	return ready(measured || p.ResilienceConfidenceWanted, false, measured)
}

// supervised reports whether one of the regimes is among them under which somebody always asks for evidence.
func supervised(regimes []string) bool {
	for _, regime := range regimes {
		switch regime {
		case "dora", "pci_dss", "iso_27001":
			return true
		}
	}
	return false
}

func policyOf(p *Facts) Outcome {
	evidence := p.ComplianceEvidenceAsked || supervised(p.Compliance)
	pressed := evidence || p.ValidationCompliance
	laymen := p.Developers > 10 && !p.DevelopersAllK8sExperts
	reviewed := p.ManualReviewWorks && !p.MisconfigurationIncidents
	if !pressed && !laymen && !p.MisconfigurationIncidents {
		experts := p.Developers < 5 && p.DevelopersAllK8sExperts
		if experts || !p.DeploymentAuditTrailNeeded && (reviewed || len(p.Compliance) == 0 && !p.DeploymentValidationWanted) {
			return SkipNeed
		}
	}
	if !p.Layer1Stable || !p.PolicyCapacity {
		return WaitReadiness
	}
	measured := pressed || p.MisconfigurationIncidents
	later := !p.ValidationCompliance && (p.Developers < 5 || reviewed && (p.Developers <= 10 || !evidence))
	return ready(measured || laymen, later, measured)
}

func costOf(p *Facts) Outcome {
	single := p.Tenancy == "single"
	if single && p.FixedCosts {
		return SkipScale
	}
	fast := p.CostGrowthPercentPerMonth > 20
	ample := p.AmpleBudget && !fast
	if single && p.CostReporting == "none" && !p.ManagementAsksCosts {
		needed := (p.BudgetConcerns || fast) && !ample ||
			!p.CostMetricsSufficient && (p.CapacityPlanningWanted || p.IdleDetectionWanted && !ample)
		if !needed {
			return SkipNeed
		}
	}
	if !p.Layer1Stable || !p.CostCapacity {
		return WaitReadiness
	}
	measured := fast || p.ManagementAsksCosts || !single && p.CostAllocationUnclear
	return ready(measured, ample && (single || p.CostReporting == "none"), measured)
}

func regionsOf(p *Facts) Outcome {
	switch {
	case p.ResidencyInSeveralRegions:
		return PrepareTiming
	case !p.SingleRegionSufficient && (p.TrafficOutgrowsRegion || p.UsersInSeveralRegions && p.RegionalLatencyRequired):
		return PrepareTiming
	case p.DisasterRecovery == "several_regions":
		return PrepareTiming
	case p.DisasterRecovery != "none" && p.RTOMinutes < 60 && !p.SingleRegionSufficient:
		return PrepareTiming
	}
	return SkipNeed
}

func observabilityOf(p *Facts) Outcome {
	fine := p.Layer1ObservabilitySufficient && p.AlertingStrategyClear && !p.AlertFatigue && !p.DebuggingSlowWithoutCorrelation &&
		(p.SLOsDefined || !p.HAClaimed)
	if fine && !p.SignalCorrelationNeeded && !p.SLOMonitoringWanted {
		return SkipNeed
	}
	if !p.Layer1Stable || !p.ObservabilityCapacity {
		return WaitReadiness
	}
	pressing := p.AlertFatigue || p.DebuggingSlowWithoutCorrelation || !p.SLOsDefined
	return ready(pressing, fine, pressing)
}

func auditingOf(p *Facts) Outcome {
	evidence := p.ComplianceEvidenceAsked || supervised(p.Compliance)
	regulated := evidence || len(p.Compliance) > 0
	logged := p.BasicAuditLogsSufficient && !p.AuditTrailAskedFor && !p.UntracedSecurityIncident
	if !evidence && !p.BreakGlassNeeded {
		investigated := p.IncidentInvestigationNeeded || p.UntracedSecurityIncident || p.AuditTrailAskedFor
		if logged || !regulated && !investigated && (!p.SIEMWanted || !p.SecurityTeam) {
			return SkipNeed
		}
	}
	if !p.Layer1Stable {
		return WaitReadiness
	}
	measured := evidence || p.AuditTrailAskedFor
	later := !regulated && !p.UntracedSecurityIncident || logged || !p.SecurityTeam && !p.AuditTrailAskedFor
	return ready(measured || p.BreakGlassNeeded, later, measured)
}

// decide is all eight.
func decideByHand(p *Facts) Answers {
	return Answers{
		meshOf(p), tracingOf(p), chaosOf(p), policyOf(p), costOf(p), regionsOf(p), observabilityOf(p), auditingOf(p),
	}
}
