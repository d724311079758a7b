package dev.sluice.cli.provider;

import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The presets that come with Sluice, in the order of their file.
public record Presets(List<Preset> all) {
    private static final String FILE = "presets.json";

    public Presets {
        all = List.copyOf(all);
    }

    public static Presets read() {
        try (InputStream file = Presets.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is missing from the class path");
            }
            byte[] bytes = file.readAllBytes();
            return of(JsonText.objectOrNull(bytes, 0, bytes.length));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Presets of(Json.@Nullable Obj document) {
        List<Preset> presets = new ArrayList<>();
        for (Json item : document == null ? List.<Json>of() : document.items("presets")) {
            if (item instanceof Json.Obj preset) {
                presets.add(preset(preset));
            }
        }
        return new Presets(presets);
    }

    private static Preset preset(Json.Obj preset) {
        Json.Obj credential = preset.object("credential");
        Json.Obj capabilities = preset.object("capabilities");
        return new Preset(
                preset.text("id", ""),
                preset.text("name", ""),
                endpoints(preset),
                texts(preset.object("variables")),
                preset.object("auth"),
                credential == null
                        ? null
                        : new Preset.Secret(credential.text("variable", ""), credential.text("where", "")),
                preset.isTrue("allowPrivateNetwork"),
                capabilities == null ? Json.Obj.EMPTY : capabilities,
                strings(preset.items("notes")),
                strings(preset.items("documents")),
                preset.text("checked", ""),
                preset.isTrue("tested"));
    }

    private static Map<Dialect, String> endpoints(Json.Obj preset) {
        Map<Dialect, String> endpoints = new LinkedHashMap<>();
        texts(preset.object("endpoints"))
                .forEach((name, url) -> Dialect.parse(name).ifPresent(dialect -> endpoints.put(dialect, url)));
        return endpoints;
    }

    private static Map<String, String> texts(Json.@Nullable Obj object) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (object != null) {
            object.fields().keySet().forEach(name -> texts.put(name, object.text(name, "")));
        }
        return texts;
    }

    private static List<String> strings(List<Json> items) {
        List<String> strings = new ArrayList<>();
        for (Json item : items) {
            if (item instanceof Json.Str(String text)) {
                strings.add(text);
            }
        }
        return strings;
    }

    public Optional<Preset> of(String id) {
        return all.stream().filter(preset -> preset.id().equals(id)).findFirst();
    }

    public List<String> ids() {
        return all.stream().map(Preset::id).toList();
    }
}
