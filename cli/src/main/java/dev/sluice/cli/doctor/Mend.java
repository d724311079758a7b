package dev.sluice.cli.doctor;

/// What mends a finding.
public sealed interface Mend {
    String text();

    /// A line for the shell, without anything secret in it.
    record Command(String text) implements Mend {}

    /// What no single command can do.
    record Words(String text) implements Mend {}

    static Mend command(String line) {
        return new Command(line);
    }

    static Mend words(String text) {
        return new Words(text);
    }

    /// The same with another text.
    default Mend saying(String other) {
        return switch (this) {
            case Command _ -> new Command(other);
            case Words _ -> new Words(other);
        };
    }
}
