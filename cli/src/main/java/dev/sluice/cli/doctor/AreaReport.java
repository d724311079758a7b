package dev.sluice.cli.doctor;

import java.time.Duration;
import java.util.List;

/// What was found in one area.
public record AreaReport(Area area, List<Finding> findings, Duration took) {
    public AreaReport {
        findings = List.copyOf(findings);
    }

    public Severity worst() {
        return findings.stream().map(Finding::severity).reduce(Severity.OK, Severity::worse);
    }
}
