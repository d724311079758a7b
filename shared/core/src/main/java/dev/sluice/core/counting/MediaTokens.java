package dev.sluice.core.counting;

import dev.sluice.model.MediaSource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// What pictures, documents, sounds and films cost, by the most that a vendor's published rule makes of them.
final class MediaTokens {
    /// No vendor takes less for a picture, nor more at its finest ordinary resolution.
    private static final long LEAST_IMAGE = 260;

    private static final long MOST_IMAGE = 4800;

    /// A page is read as text and seen as a picture.
    private static final long PAGE = 4600;

    private static final long BYTES_PER_PAGE = 75_000;

    /// Of a document that only the provider can see.
    private static final long UNSEEN_PAGES = 4;

    /// Both at about 32 tokens a second of well compressed sound and 300 of film.
    private static final long STREAM_BYTES_PER_TOKEN = 400;

    private static final long UNSEEN_STREAM = 20_000;

    private MediaTokens() {}

    static long image(MediaSource source) {
        ImageSize size = source instanceof MediaSource.Base64(String data, String _) ? ImageSize.of(data) : null;
        return size == null ? MOST_IMAGE : Math.clamp(Math.max(patches(size), tiles(size)), LEAST_IMAGE, MOST_IMAGE);
    }

    /// One for every 28 by 28 pixels, or for every 750.
    private static long patches(ImageSize size) {
        long area = (long) size.width() * size.height();
        return Math.max(ceil(size.width(), 28) * ceil(size.height(), 28), area / 750 + 1);
    }

    /// 85, and 170 for every 512 by 512 pixels of a picture that was made to fit 2,048 by 2,048 with a short side of 768;
    /// or 258 for every 768 by 768 of it as it is.
    private static long tiles(ImageSize size) {
        double fit = Math.min(1, 2048.0 / Math.max(size.width(), size.height()));
        double both = Math.min(fit, 768.0 / Math.min(size.width(), size.height()));
        long scaled = 85 + 170 * ceil(Math.ceil(size.width() * both), 512) * ceil(Math.ceil(size.height() * both), 512);
        long plain = 258 * ceil(size.width(), 768) * ceil(size.height(), 768);
        return Math.max(scaled, plain);
    }

    private static long ceil(double length, long unit) {
        return (long) Math.ceil(length / unit);
    }

    /// The words of a document that is plain text; null for any other.
    static @Nullable String text(MediaSource source) {
        return switch (source) {
            case MediaSource.PlainText(String text) -> text;
            case MediaSource.Base64(String data, String mime)
            when mime.startsWith("text/") -> {
                byte[] bytes = decoded(data);
                yield bytes == null ? data : new String(bytes, StandardCharsets.UTF_8);
            }
            case MediaSource.Base64 _, MediaSource.Url _, MediaSource.FileId _, MediaSource.S3 _ -> null;
        };
    }

    /// Of a document that is not plain text.
    static long document(MediaSource source) {
        return PAGE * (source instanceof MediaSource.Base64(String data, String _) ? pages(data) : UNSEEN_PAGES);
    }

    /// As many as the file seems to name, or as its length suggests: compressed files do not name them.
    private static long pages(String base64) {
        byte[] bytes = decoded(base64);
        String file = bytes == null ? "" : new String(bytes, StandardCharsets.ISO_8859_1);
        long named = 0;
        for (int at = file.indexOf("/Type"); at >= 0; at = file.indexOf("/Type", at + 5)) {
            named += isPage(file, at + 5) ? 1 : 0;
        }
        return named > 0 ? named : 1 + bytes(base64) / BYTES_PER_PAGE;
    }

    private static boolean isPage(String file, int afterType) {
        int at = afterType;
        while (at < file.length() && file.charAt(at) <= ' ') {
            at++;
        }
        return file.startsWith("/Page", at) && !file.startsWith("/Pages", at);
    }

    static long stream(MediaSource source) {
        return source instanceof MediaSource.Base64(String data, String _)
                ? 100 + bytes(data) / STREAM_BYTES_PER_TOKEN
                : UNSEEN_STREAM;
    }

    private static long bytes(String base64) {
        return base64.length() * 3L / 4;
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return null;
        }
    }
}
