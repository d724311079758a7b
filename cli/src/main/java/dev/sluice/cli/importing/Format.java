package dev.sluice.cli.importing;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Meant;
import dev.sluice.model.Dialect;
import dev.sluice.model.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// The gateways whose files are read.
public enum Format {
    LLM_ROUTER("llm-router"),
    CLAUDE_CODE_ROUTER("claude-code-router"),
    LITELLM("litellm"),
    OMNIROUTE("omniroute");

    private final String id;

    Format(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    public static List<String> ids() {
        return Arrays.stream(values()).map(Format::id).toList();
    }

    /// Refuses an unknown name with the nearest.
    public static Format of(String name) {
        return Arrays.stream(values())
                .filter(format -> format.id.equals(name))
                .findFirst()
                .orElseThrow(() -> CommandFailure.usage("--from: " + name + " is not known"
                        + Meant.of(name, ids()).orElse(": it is one of " + String.join(", ", ids()))));
    }

    /// By what only one of them has; refuses a file of Sluice itself.
    public static Optional<Format> of(Json.Obj file) {
        if (file.has("model_list")) {
            return Optional.of(LITELLM);
        }
        if (file.has("Providers") || file.has("Router")) {
            return Optional.of(CLAUDE_CODE_ROUTER);
        }
        if (file.has("providerConnections") || file.has("providerNodes")) {
            return Optional.of(OMNIROUTE);
        }
        if (isOurs(file)) {
            throw CommandFailure.usage("this is a configuration of Sluice itself: sluice config apply FILE");
        }
        return file.has("providers") ? Optional.of(LLM_ROUTER) : Optional.empty();
    }

    private static boolean isOurs(Json.Obj file) {
        for (Json item : file.items("providers")) {
            Json.Obj endpoints = item instanceof Json.Obj provider ? provider.object("endpoints") : null;
            boolean namesDialects = endpoints != null
                    && endpoints.fields().keySet().stream()
                            .allMatch(name -> Dialect.parse(name).isPresent());
            if (namesDialects && !((Json.Obj) item).has("apiKey") && !((Json.Obj) item).has("baseUrl")) {
                return true;
            }
        }
        return false;
    }

    public Imported read(Json.Obj file) {
        return switch (this) {
            case LLM_ROUTER -> new LlmRouterFile(file).read();
            case CLAUDE_CODE_ROUTER -> new ClaudeCodeRouterFile(file).read();
            case LITELLM -> new LiteLlmFile(file).read();
            case OMNIROUTE -> new OmniRouteFile(file).read();
        };
    }
}
