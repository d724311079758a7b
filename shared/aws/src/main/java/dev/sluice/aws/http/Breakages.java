package dev.sluice.aws.http;

import dev.sluice.core.ports.Upstream.Answer.Broken;
import dev.sluice.core.ports.Upstream.Breakage;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.zip.DataFormatException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/// Tells what went wrong in the HTTP client's transfer. Messages name the origin and never repeat received bytes.
final class Breakages {
    private Breakages() {}

    /// @param usedBefore whether an answer has come from this origin earlier
    static Broken judge(Throwable thrown, Exchange exchange, boolean usedBefore) {
        Throwable cause = unwrap(thrown);
        String origin = exchange.origin();
        return switch (cause) {
            case CancellationException _ -> new Broken(Breakage.CANCELLED, "the call to " + origin + " was cancelled");
            case WholeBody.TooLarge _ -> tooLarge(origin);
            case DataFormatException _ -> damaged(origin);
            case ProtocolException _ -> new Broken(Breakage.MALFORMED, origin + " does not speak HTTP/1.1");
            default ->
                switch (exchange.phase()) {
                    case LOOKUP, CONNECTING -> unreached(cause, origin);
                    case SENT -> {
                        SSLException handshake = handshake(cause);
                        yield handshake != null ? unreached(handshake, origin) : lost(cause, origin, usedBefore);
                    }
                    case HEADERS ->
                        new Broken(
                                Breakage.RESET, "the connection to " + origin + " broke in the middle of the answer");
                };
        };
    }

    static Broken tooLarge(String origin) {
        return new Broken(Breakage.MALFORMED, "the answer of " + origin + " is larger than the bound");
    }

    static Broken unknownEncoding(String origin) {
        return new Broken(Breakage.MALFORMED, "the answer of " + origin + " has a content-encoding nobody asked for");
    }

    static Broken damaged(String origin) {
        return new Broken(Breakage.MALFORMED, "the compressed answer of " + origin + " is damaged or cut");
    }

    private static Broken unreached(Throwable cause, String origin) {
        if (cause instanceof HttpConnectTimeoutException) {
            return new Broken(
                    Breakage.CONNECT_TIMEOUT, origin + " cannot be reached: it did not accept a connection in time");
        }
        String why = switch (cause) {
            case UnknownHostException _ -> "its name is not known";
            case ConnectException refused when hasUnresolved(refused) -> "its name is not known";
            case UnresolvedAddressException _ -> "its name is not known";
            case ConnectException _ -> "it refuses the connection";
            case SSLException _
            when String.valueOf(cause.getMessage()).contains("PKIX path") ->
                "TLS failed: its certificate is not trusted on this machine";
            case SSLException _ -> "TLS failed: " + cause.getMessage();
            case EOFException _ -> "it closed the connection at once";
            // the client's own words would repeat the header at fault, which may be the one with the secret
            case IllegalArgumentException _ -> "its address or a header of the request is not valid";
            default -> "the connection failed";
        };
        return new Broken(Breakage.CONNECT, origin + " cannot be reached: " + why);
    }

    /// The client hands a request to a TLS connection before the handshake is over, and may tell of its failure as one of
    /// reading the answer: nothing of the request has left by then.
    private static @Nullable SSLException handshake(Throwable cause) {
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof SSLHandshakeException handshake) {
                return handshake;
            }
            if (inner instanceof SSLException plain
                    && String.valueOf(plain.getMessage()).startsWith("Unsupported or unrecognized SSL message")) {
                return plain;
            }
        }
        return null;
    }

    private static Broken lost(Throwable cause, String origin, boolean usedBefore) {
        if (saysMalformed(cause)) {
            return new Broken(Breakage.MALFORMED, origin + " does not speak HTTP/1.1");
        }
        return usedBefore && !sawBytes(cause)
                ? new Broken(Breakage.STALE, "an earlier connection to " + origin + " was no longer alive")
                : new Broken(Breakage.RESET, origin + " closed the connection before it answered");
    }

    private static boolean hasUnresolved(ConnectException refused) {
        return refused.getCause() instanceof UnresolvedAddressException;
    }

    /// The client has no type for it: when the first bytes of an answer came, its message names the parser's state.
    private static boolean sawBytes(Throwable cause) {
        String message = cause.getMessage();
        return message != null && message.contains("parser state");
    }

    private static boolean saysMalformed(Throwable cause) {
        String message = cause.getMessage();
        return cause.getCause() instanceof ProtocolException
                || message != null && (message.startsWith("Invalid status") || message.contains("header size"));
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable cause = thrown;
        for (@Nullable Throwable inner = cause.getCause();
                cause instanceof CompletionException && inner != null;
                inner = cause.getCause()) {
            cause = inner;
        }
        return cause;
    }
}
