package dev.sluice.protocol.translate;

import dev.sluice.model.MediaSource;
import java.util.Locale;

/// Inline bytes as an address: `data:image/png;base64,…`.
public final class DataUrl {
    private DataUrl() {}

    public static String of(String mime, String base64) {
        return "data:" + mime + ";base64," + base64;
    }

    /// Inline bytes of a data URL, else an address.
    public static MediaSource source(String url) {
        int comma = url.indexOf(',');
        if (!url.regionMatches(true, 0, "data:", 0, 5) || comma < 0) {
            return new MediaSource.Url(url);
        }
        String head = url.substring(5, comma).toLowerCase(Locale.ROOT);
        int semicolon = head.indexOf(';');
        String mime = semicolon < 0 ? head : head.substring(0, semicolon);
        if (!head.endsWith(";base64")) {
            return new MediaSource.Url(url);
        }
        return new MediaSource.Base64(url.substring(comma + 1), mime.equals("image/jpg") ? "image/jpeg" : mime);
    }
}
