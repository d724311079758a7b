package dev.sluice.model;

/// Where the bytes of an image, a document, a sound or a film are.
public sealed interface MediaSource {
    /// Inline bytes, still in base64 as they came.
    record Base64(String data, String mime) implements MediaSource {}

    /// An address the provider fetches.
    record Url(String url) implements MediaSource {}

    /// A file stored at one provider: means nothing elsewhere.
    record FileId(Dialect dialect, String id) implements MediaSource {}

    /// Plain text given as a document.
    record PlainText(String text) implements MediaSource {}

    /// An object in the owner's bucket.
    record S3(String uri) implements MediaSource {}
}
