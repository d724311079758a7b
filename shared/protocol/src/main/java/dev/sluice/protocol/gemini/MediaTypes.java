package dev.sluice.protocol.gemini;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Media types as this dialect has them, and what others say instead.
final class MediaTypes {
    private static final Map<String, String> BY_ENDING = Map.ofEntries(
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("webp", "image/webp"),
            Map.entry("gif", "image/gif"),
            Map.entry("heic", "image/heic"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("txt", "text/plain"),
            Map.entry("mp4", "video/mp4"),
            Map.entry("mov", "video/quicktime"),
            Map.entry("webm", "video/webm"),
            Map.entry("mp3", "audio/mpeg"),
            Map.entry("wav", "audio/wav"));

    private MediaTypes() {}

    /// The format's short name: `wav` of `audio/x-wav`.
    static String audioFormat(String mime) {
        String type = mime.substring(mime.indexOf('/') + 1).toLowerCase(Locale.ROOT);
        int end = type.indexOf(';');
        String bare = end < 0 ? type : type.substring(0, end).strip();
        return switch (bare) {
            case "x-wav", "wave", "vnd.wave" -> "wav";
            case "mpeg", "mpga" -> "mp3";
            default -> bare;
        };
    }

    static String ofAudio(String format) {
        return "audio/" + (format.equals("mp3") ? "mpeg" : format);
    }

    /// By the ending of an address; null when it tells nothing.
    static @Nullable String ofAddress(String url) {
        int end = url.length();
        for (char mark : new char[] {'#', '?'}) {
            int at = url.indexOf(mark);
            end = at >= 0 && at < end ? at : end;
        }
        String path = url.substring(0, end);
        return BY_ENDING.get(path.substring(path.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }
}
