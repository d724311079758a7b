package dev.sluice.protocol.golden;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.model.Policies;
import dev.sluice.protocol.DialectCodec;
import dev.sluice.protocol.EncodedRequest;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.TargetProfile;
import dev.sluice.protocol.UpstreamCodec;
import dev.sluice.protocol.vectors.PresentCodecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The requests among the golden files, translated; as a program of its own it prints one hash of them all.
final class Translations {
    private static final Path REQUESTS = Path.of("src", "test", "resources", "golden", "requests");

    private final DialectCodec client;
    private final byte[] body;

    Translations(Path fixture) {
        String[] parts = fixture.getFileName().toString().split("\\.", -1);
        this.client = Dialect.parse(parts[parts.length - 2])
                .flatMap(PresentCodecs.all()::of)
                .orElseThrow();
        try {
            this.body = Files.readAllBytes(fixture);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static List<Path> fixtures() throws IOException {
        try (Stream<Path> files = Files.list(REQUESTS)) {
            return files.filter(file -> !file.toString().contains(".to-"))
                    .sorted()
                    .toList();
        }
    }

    /// The body as it goes to the provider; the words of the refusal where there is one.
    byte[] bytes(UpstreamCodec upstream) {
        TargetProfile target = new TargetProfile(upstream.dialect(), "m", Capabilities.DEFAULT, Policies.DEFAULT);
        RequestHead head = client.dialect() == Dialect.GEMINI
                ? new RequestHead("/v1beta/models/m:generateContent", Map.of(), Headers.NONE)
                : RequestHead.NONE;
        Outcome<EncodedRequest> outcome = client.requests()
                .outline(body, head)
                .then(client.requests()::decode)
                .then(request -> upstream.requests().encode(request, target));
        return switch (outcome) {
            case Outcome.Ok<EncodedRequest>(EncodedRequest encoded) -> encoded.body();
            case Outcome.Bad<EncodedRequest>(var failure) -> failure.message().getBytes(StandardCharsets.UTF_8);
        };
    }

    static String hash() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path fixture : fixtures()) {
                Translations translations = new Translations(fixture);
                PresentCodecs.all().dialects().stream()
                        .sorted()
                        .map(PresentCodecs.all()::upstream)
                        .forEach(upstream -> digest.update(translations.bytes(upstream.orElseThrow())));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static void main(String[] arguments) throws IOException {
        System.out.println(hash());
    }
}
