package dev.sluice.cli.doctor;

import java.time.Duration;

/// Looks at one area. What it throws becomes a finding of its own.
interface AreaCheck {
    Area area();

    void look(Notes notes);

    /// How long it may take.
    ///
    /// @param usual for an area
    default Duration atMost(Duration usual) {
        return usual;
    }
}
