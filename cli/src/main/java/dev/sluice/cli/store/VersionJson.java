package dev.sluice.cli.store;

import dev.sluice.core.ports.ConfigVersions.Version;
import dev.sluice.model.Json;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// A version of the configuration as JSON, in the store and on the control channel.
public final class VersionJson {
    private VersionJson() {}

    public static Json.Obj encode(Version version) {
        return Json.object()
                .put("number", version.number())
                .put("document", version.document())
                .put("who", version.who())
                .put("when", version.when().toString())
                .build();
    }

    /// The version; empty when the object is none.
    public static Optional<Version> decode(Json.Obj object) {
        Long number = object.whole("number");
        String document = object.text("document");
        if (number == null || document == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new Version(number, document, object.text("who", ""), Instant.parse(object.text("when", ""))));
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }
}
