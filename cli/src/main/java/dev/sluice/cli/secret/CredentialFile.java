package dev.sluice.cli.secret;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The credentials in a file, each value encrypted for this installation. Who opens it holds the store's lock, so it
/// has one writer; its methods may be called by several threads.
public final class CredentialFile implements CredentialStore {
    private static final String LABEL = "sluice credentials v1";

    private final Path file;
    private final SecretBox box;
    private final Map<String, Locked> entries;

    private record Locked(Instant setAt, byte[] value) {}

    private CredentialFile(Path file, SecretBox box, Map<String, Locked> entries) {
        this.file = file;
        this.box = box;
        this.entries = entries;
    }

    /// Reads the file; where there is none, there are no credentials.
    public static CredentialFile open(Path file, SecretKey key, SecureRandom random) {
        SecretBox box = new SecretBox(key.derive(LABEL, 32), random);
        try {
            return new CredentialFile(file, box, Files.exists(file) ? read(file) : new TreeMap<>());
        } catch (IOException | IllegalArgumentException | DateTimeParseException broken) {
            throw CommandFailure.failed(file + " cannot be read: put back a copy of it, or delete it and set every"
                    + " credential anew with sluice credential set");
        }
    }

    private static Map<String, Locked> read(Path file) throws IOException {
        Json.Obj document = JsonText.parse(Files.readAllBytes(file)) instanceof JsonText.Parsed.Value(Json.Obj object)
                ? object
                : Json.Obj.EMPTY;
        Json.Obj stored = document.object("credentials");
        if (stored == null) {
            throw new IOException("no credentials in it");
        }
        Map<String, Locked> entries = new TreeMap<>();
        for (Map.Entry<String, Json> field : stored.fields().entrySet()) {
            if (!(field.getValue() instanceof Json.Obj entry)) {
                throw new IOException("an entry is no object");
            }
            byte[] value = Base64.getDecoder().decode(entry.text("value", ""));
            entries.put(field.getKey(), new Locked(Instant.parse(entry.text("setAt", "")), value));
        }
        return entries;
    }

    @Override
    public synchronized List<Entry> list() {
        return entries.entrySet().stream()
                .map(entry -> new Entry(entry.getKey(), entry.getValue().setAt()))
                .toList();
    }

    @Override
    public synchronized boolean set(String name, String secret, Instant when) {
        Map<String, Locked> next = new TreeMap<>(entries);
        boolean replaced = next.put(name, new Locked(when, box.lock(name, secret))) != null;
        keep(next);
        return replaced;
    }

    @Override
    public synchronized boolean remove(String name) {
        Map<String, Locked> next = new TreeMap<>(entries);
        boolean removed = next.remove(name) != null;
        if (removed) {
            keep(next);
        }
        return removed;
    }

    @Override
    public synchronized boolean takeBack(String name, String secret) {
        Locked locked = entries.get(name);
        boolean isIt = locked != null
                && box.unlock(name, locked.value()).filter(secret::equals).isPresent();
        return isIt && remove(name);
    }

    /// Every secret that can be opened, by name; the others were encrypted with another key.
    synchronized Map<String, String> secrets() {
        Map<String, String> secrets = new HashMap<>();
        entries.forEach(
                (name, locked) -> box.unlock(name, locked.value()).ifPresent(secret -> secrets.put(name, secret)));
        return secrets;
    }

    private void keep(Map<String, Locked> next) {
        Json.Builder stored = Json.object();
        next.forEach((name, locked) -> stored.put(
                name,
                Json.object()
                        .put("setAt", locked.setAt().toString())
                        .put("value", Base64.getEncoder().encodeToString(locked.value()))
                        .build()));
        Json.Obj document = Json.object()
                .put("version", 1)
                .put("credentials", stored.build())
                .build();
        try {
            PrivateFile.replace(file, JsonText.bytes(document));
        } catch (IOException | UnsupportedOperationException notPossible) {
            throw CommandFailure.failed("cannot write " + file + ": " + Obstacle.words(notPossible));
        }
        entries.clear();
        entries.putAll(next);
    }
}
