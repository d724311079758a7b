package dev.sluice.core.gateway;

import dev.sluice.core.routing.ModelDirectory.Entry;
import dev.sluice.model.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Models as Ollama tells of them (`/api/tags`, `/api/show`): there are no weights here, so what describes those is empty,
/// and the digest is the name's.
final class OllamaModels {
    /// Whose API this one is: clients ask for a least version before they use tools and thinking.
    static final String VERSION = "0.18.0";

    private static final String ARCHITECTURE = "sluice";

    /// Nanoseconds and an offset, as Go writes times.
    private static final String MODIFIED = "2026-01-01T00:00:00.000000000Z";

    private OllamaModels() {}

    static Json.Obj listed(Entry entry) {
        return Json.object()
                .put("name", entry.id())
                .put("model", entry.id())
                .put("modified_at", MODIFIED)
                .put("size", 0)
                .put("digest", digest(entry.id()))
                .put("details", details(entry))
                .put("capabilities", Json.strings(capabilities(entry)))
                .build();
    }

    static Json.Obj shown(Entry entry) {
        Json.Builder facts = Json.object().put("general.architecture", ARCHITECTURE);
        return Json.object()
                .put("license", "")
                .put("modelfile", "")
                .put("parameters", "")
                .put("template", "")
                .put("details", details(entry))
                .put(
                        "model_info",
                        facts.putIf(ARCHITECTURE + ".context_length", entry.contextWindow())
                                .build())
                .put("capabilities", Json.strings(capabilities(entry)))
                .put("modified_at", MODIFIED)
                .build();
    }

    private static Json.Obj details(Entry entry) {
        return Json.object()
                .put("parent_model", "")
                .put("format", "")
                .put("family", ARCHITECTURE)
                .put("families", Json.strings(List.of(ARCHITECTURE)))
                .put("parameter_size", "")
                .put("quantization_level", "")
                .putIf("context_length", entry.contextWindow())
                .build();
    }

    private static List<String> capabilities(Entry entry) {
        List<String> capabilities = new ArrayList<>(List.of("completion"));
        if (entry.can().tools()) {
            capabilities.add("tools");
        }
        if (entry.can().vision()) {
            capabilities.add("vision");
        }
        if (entry.can().reasoning()) {
            capabilities.add("thinking");
        }
        return capabilities;
    }

    private static String digest(String name) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(name.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
