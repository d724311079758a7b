package dev.sluice.cli.doctor;

/// How bad it is, the least first.
public enum Severity {
    OK("ok", "✓", "+"),
    /// Good to know.
    NOTE("note", "·", "-"),
    /// Something will not work as its owner thinks.
    WARNING("warning", "!", "!"),
    /// Something does not work.
    ERROR("error", "✗", "x");

    private final String id;
    private final String sign;
    private final String plain;

    Severity(String id, String sign, String plain) {
        this.id = id;
        this.sign = sign;
        this.plain = plain;
    }

    public String id() {
        return id;
    }

    /// One character for it.
    ///
    /// @param unicode whether more than ASCII is shown there
    public String sign(boolean unicode) {
        return unicode ? sign : plain;
    }

    /// Whether somebody has to do something: these have a mend.
    public boolean isFinding() {
        return this == WARNING || this == ERROR;
    }

    public Severity worse(Severity other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
