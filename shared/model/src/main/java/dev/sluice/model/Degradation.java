package dev.sluice.model;

/// Something of the request that a target could not carry, told to the client in `x-sluice-degraded`.
///
/// @param path in the client's own body, as in `tools[0]` or `top_k`
/// @param reason one word, as in `unsupported` or `clamped`
public record Degradation(String path, String reason) {
    public static Degradation unsupported(String path) {
        return new Degradation(path, "unsupported");
    }
}
