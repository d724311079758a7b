package dev.sluice.infra;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import software.amazon.awscdk.CfnResource;
import software.constructs.IConstruct;

/// Findings of cdk-nag that are meant to be, each with its reason, in the template's metadata.
final class Accepted {
    private Accepted() {}

    /// @param rules reason by id
    static void in(IConstruct construct, Map<String, String> rules) {
        List<TreeMap<String, String>> suppressed = rules.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(rule -> new TreeMap<>(Map.of("id", rule.getKey(), "reason", rule.getValue())))
                .toList();
        resource(construct).addMetadata("cdk_nag", Map.of("rules_to_suppress", suppressed));
    }

    /// What CloudFormation sees of a construct.
    static CfnResource resource(IConstruct construct) {
        return Objects.requireNonNull(
                construct instanceof CfnResource itself
                        ? itself
                        : (CfnResource) construct.getNode().getDefaultChild());
    }
}
