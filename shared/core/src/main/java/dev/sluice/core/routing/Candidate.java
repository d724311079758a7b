package dev.sluice.core.routing;

/// A target in a plan.
///
/// @param weight what it was chosen by at its level: the configured weight, times what quota and health leave of it where
///     the strategy looks at them
/// @param reason why it stands where it stands, for people
public record Candidate(Target target, double weight, String reason) {
    Candidate behind(String why) {
        return new Candidate(target, weight, reason + "; " + why);
    }
}
