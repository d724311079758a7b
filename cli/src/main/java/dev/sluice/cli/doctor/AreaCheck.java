package dev.sluice.cli.doctor;

/// Looks at one area. What it throws becomes a finding of its own.
interface AreaCheck {
    Area area();

    void look(Notes notes);
}
