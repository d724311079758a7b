package dev.sluice.core.access;

import dev.sluice.model.Failure;
import dev.sluice.model.Headers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The way into the gateway: any, or only through the owner's CloudFront, which proves itself by a header.
///
/// The proof is compared in a time that tells nothing about it. It is a secret of the owner's: nothing here repeats it.
public final class Edge {
    /// What CloudFront proves itself by.
    public static final String PROOF = "x-sluice-origin";

    /// In which CloudFront says who calls it, address and port. Believed with the proof only: anyone can send it.
    public static final String VIEWER = "cloudfront-viewer-address";

    /// Everybody comes as they are.
    public static final Edge NONE = new Edge(null);

    private static final int PORT_DIGITS = 5;

    private final byte @Nullable [] secret;

    private Edge(byte @Nullable [] secret) {
        this.secret = secret;
    }

    /// Only who brings this comes in.
    public static Edge provedBy(String secret) {
        return new Edge(secret.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Why a request that did not come this way is not answered.
    public Optional<Failure.Refused> refusal(Headers headers) {
        return secret == null || isProved(secret, headers)
                ? Optional.empty()
                : Optional.of(Failure.Refused.of(
                        Failure.Kind.PERMISSION,
                        "This gateway is reached through its own domain, not at this address."));
    }

    /// The client's address: what CloudFront says when it was CloudFront that came, else the peer's. Empty where
    /// CloudFront says nothing that can be read: its own address is nobody's.
    public String clientAddress(Headers headers, String peer) {
        return secret != null && isProved(secret, headers) ? viewer(headers.all(VIEWER)) : peer;
    }

    private static boolean isProved(byte[] secret, Headers headers) {
        List<String> given = headers.all(PROOF);
        return given.size() == 1
                && MessageDigest.isEqual(secret, given.getFirst().getBytes(StandardCharsets.ISO_8859_1));
    }

    /// `192.0.2.1:443`, `2001:db8::1:443` or `[2001:db8::1]:443` without its port.
    private static String viewer(List<String> given) {
        if (given.size() != 1) {
            return "";
        }
        String value = given.getFirst().strip();
        int colon = value.lastIndexOf(':');
        String port = value.substring(colon + 1);
        boolean isPort =
                !port.isEmpty() && port.length() <= PORT_DIGITS && port.chars().allMatch(c -> c >= '0' && c <= '9');
        return colon > 0 && isPort ? value.substring(0, colon) : "";
    }
}
