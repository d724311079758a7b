package dev.sluice.cli.tool;

import dev.sluice.model.Dialect;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What is known of a coding tool, whoever's machine it is on.
///
/// @param dialect that it speaks to the gateway
/// @param document its maker's page that what is written follows
/// @param read when that page was read
/// @param tiers names of its models beside the main one
/// @param userOnly why it cannot be set up for one project; empty when it can
/// @param winning variables that, where they are set, win over what is written
public record ToolFacts(
        String name,
        String title,
        Dialect dialect,
        Proof proof,
        String document,
        LocalDate read,
        List<String> tiers,
        Optional<String> userOnly,
        List<String> winning) {

    public static ToolFacts documented(String name, String title, Dialect dialect, String document) {
        return new ToolFacts(
                name,
                title,
                dialect,
                Proof.DOCUMENTED,
                document,
                LocalDate.of(2026, 11, 21),
                List.of(),
                Optional.empty(),
                List.of());
    }

    public ToolFacts run() {
        return new ToolFacts(name, title, dialect, Proof.RUN, document, read, tiers, userOnly, winning);
    }

    public ToolFacts tiers(String... names) {
        return new ToolFacts(name, title, dialect, proof, document, read, List.of(names), userOnly, winning);
    }

    public ToolFacts userOnly(String reason) {
        return new ToolFacts(name, title, dialect, proof, document, read, tiers, Optional.of(reason), winning);
    }

    public ToolFacts losingTo(String... variables) {
        return new ToolFacts(name, title, dialect, proof, document, read, tiers, userOnly, List.of(variables));
    }
}
