package dev.sluice.core.gateway;

import dev.sluice.model.Failure;
import dev.sluice.protocol.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/// Undoes the `content-encoding` of a request body, within a bound.
///
/// An empty body is of no encoding. What cannot be undone is a failure in words for the caller. Thread-safe.
public final class ContentDecoding {
    private ContentDecoding() {}

    /// @param encoding as the caller wrote it; empty when there is none
    /// @param bound the most bytes that the decoded body may have
    public static Outcome<byte[]> decode(byte[] body, String encoding, long bound) {
        if (body.length == 0) {
            return Outcome.ok(body);
        }
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> Outcome.ok(body);
            case "gzip", "x-gzip" -> gunzip(body, bound);
            default ->
                bad(
                        Failure.Kind.UNSUPPORTED_MEDIA_TYPE,
                        "The content-encoding of the request body is not supported; send it plain or as gzip.");
        };
    }

    private static Outcome<byte[]> gunzip(byte[] body, long bound) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 8 * 1024)) {
            ByteArrayOutputStream plain = new ByteArrayOutputStream(body.length * 3);
            byte[] piece = new byte[16 * 1024];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (length > bound - plain.size()) {
                    return bad(
                            Failure.Kind.TOO_LARGE,
                            "The request body is larger than the limit of " + bound + " bytes when decompressed.");
                }
                plain.write(piece, 0, length);
            }
            return Outcome.ok(plain.toByteArray());
        } catch (IOException damaged) {
            return bad(Failure.Kind.INVALID_REQUEST, "The request body is not valid gzip.");
        }
    }

    private static Outcome<byte[]> bad(Failure.Kind kind, String message) {
        return Outcome.bad(Failure.Refused.of(kind, message));
    }
}
