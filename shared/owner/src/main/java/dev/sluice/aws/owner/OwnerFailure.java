package dev.sluice.aws.owner;

import dev.sluice.core.ports.PortFailure;

/// AWS did not do what the owner asked for; the message says why and what to do, and can be shown as it is.
///
/// Thrown by what only the owner's commands do. Nothing on the path of a request throws it.
public final class OwnerFailure extends PortFailure {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    /// What went wrong, for who goes on without it.
    public enum Kind {
        /// No credentials, or none that AWS takes.
        CREDENTIALS,
        /// The credentials may not do this.
        DENIED,
        /// What was asked for is not there.
        ABSENT,
        /// Somebody else was faster.
        CONFLICT,
        /// No answer, or not now.
        SILENT,
        /// The service has said no for another reason.
        REFUSED,
        /// It was asked for wrongly.
        USAGE
    }

    OwnerFailure(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /// The message, which is never absent here.
    public String text() {
        return String.valueOf(getMessage());
    }
}
