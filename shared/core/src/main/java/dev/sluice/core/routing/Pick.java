package dev.sluice.core.routing;

/// An option in its place.
///
/// @param weight what it was chosen by
/// @param turn how often it stood first in its rotation before: the position of a rotation inside it; -1: not known
record Pick(Option option, double weight, String reason, long turn) {
    Pick(Option option, double weight, String reason) {
        this(option, weight, reason, -1);
    }

    Pick because(String other) {
        return new Pick(option, weight, other, turn);
    }
}
