package dev.sluice.protocol.translate;

/// The media type of a picture that comes without one, by its first bytes.
public final class ImageType {
    private ImageType() {}

    /// Of base64 text; a picture of no known kind is taken for PNG, which whoever reads it will judge.
    public static String ofBase64(String data) {
        if (data.startsWith("/9j/")) {
            return "image/jpeg";
        }
        if (data.startsWith("R0lGOD")) {
            return "image/gif";
        }
        if (data.startsWith("UklGR")) {
            return "image/webp";
        }
        return data.startsWith("Qk") ? "image/bmp" : "image/png";
    }
}
