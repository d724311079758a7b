package dev.sluice.cli.front;

import dev.sluice.model.Failure;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// Undoes the `content-encoding` of a request body, within the same bound.
final class ContentDecoding {
    private ContentDecoding() {}

    static BodyReader.Body decode(BodyReader.Body body, @Nullable String encoding, long bound) {
        if (encoding == null || body.problem() != null || body.bytes().length == 0) {
            return body;
        }
        return switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> gunzip(body, bound);
            default ->
                BodyReader.Body.bad(
                        Failure.Kind.UNSUPPORTED_MEDIA_TYPE,
                        "The content-encoding of the request body is not supported; send it plain or as gzip.",
                        body.reusable());
        };
    }

    private static BodyReader.Body gunzip(BodyReader.Body body, long bound) {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(body.bytes()), 8 * 1024)) {
            ByteArrayOutputStream plain = new ByteArrayOutputStream(body.bytes().length * 3);
            byte[] piece = new byte[16 * 1024];
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                if (length > bound - plain.size()) {
                    return BodyReader.Body.bad(
                            Failure.Kind.TOO_LARGE,
                            "The request body is larger than the limit of " + bound + " bytes when decompressed.",
                            body.reusable());
                }
                plain.write(piece, 0, length);
            }
            return new BodyReader.Body(plain.toByteArray(), null, body.reusable());
        } catch (IOException damaged) {
            return BodyReader.Body.bad(
                    Failure.Kind.INVALID_REQUEST, "The request body is not valid gzip.", body.reusable());
        }
    }
}
