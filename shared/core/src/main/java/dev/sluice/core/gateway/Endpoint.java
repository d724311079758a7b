package dev.sluice.core.gateway;

import dev.sluice.core.access.Edge;
import dev.sluice.model.Dialect;
import dev.sluice.model.Headers;
import dev.sluice.protocol.RequestHead;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// From method, path and headers to what is asked for (CONFIG.md, "Paths of the data plane"). Pure.
public final class Endpoint {
    private static final Set<String> CREDENTIALS = Set.of(
            "authorization",
            "proxy-authorization",
            "x-api-key",
            "x-goog-api-key",
            "api-key",
            "cookie",
            Edge.PROOF,
            Edge.VIEWER);
    private static final Set<String> GEMINI_CHATS = Set.of("generateContent", "streamGenerateContent");
    private static final String COMPACTION = "compaction by the provider (send the conversation's summary instead)";
    private static final Match.Hello HELLO = new Match.Hello("");
    private static final Match.Hello OLLAMA_RUNS = new Match.Hello("Ollama is running");

    private final RequestPath path;
    private final Map<String, String> query;
    private final Headers headers;

    private Endpoint(RequestPath path, Map<String, String> query, Headers headers) {
        this.path = path;
        this.query = query;
        this.headers = headers;
    }

    /// What is asked for; every method and path has a match.
    ///
    /// @param rawPath percent-encoded, as on the request line
    /// @param rawQuery likewise, without the question mark; empty when there is none
    public static Match match(String method, String rawPath, String rawQuery, Headers headers) {
        if (method.equals("OPTIONS")) {
            return new Match.Preflight();
        }
        return new Endpoint(RequestPath.of(rawPath), QueryString.parse(rawQuery), headers).match(method);
    }

    private Match match(String method) {
        Map<String, Match> byMethod = byMethod();
        if (byMethod.isEmpty()) {
            return new Match.NotFound(nearest());
        }
        Match match = byMethod.get(method);
        if (match == null && method.equals("HEAD")) {
            match = byMethod.get("GET");
        }
        return match != null ? match : new Match.MethodNotAllowed(nearest(), allow(byMethod.keySet()));
    }

    private static String allow(Set<String> methods) {
        Set<String> allow = new TreeSet<>(methods);
        allow.add("OPTIONS");
        if (methods.contains("GET")) {
            allow.add("HEAD");
        }
        return String.join(", ", allow);
    }

    /// What the path means, by method; empty for a path that is not known.
    private Map<String, Match> byMethod() {
        if (path.rest().isEmpty()) {
            Match detect = new Match.DetectDialect(head());
            return path.prefix() == Dialect.OLLAMA_CHAT
                    ? Map.of("GET", OLLAMA_RUNS, "POST", detect)
                    : Map.of("HEAD", HELLO, "POST", detect);
        }
        return switch (path.rest().getFirst()) {
            case "chat" -> path.is("chat", "completions") ? Map.of("POST", chat(Dialect.OPENAI_CHAT)) : Map.of();
            case "messages" -> messages();
            case "responses" -> responses();
            case "models" -> models();
            case "api" -> path.is("api", "hello") ? Map.of("GET", HELLO) : ollama();
            case "route" -> path.is("route") ? Map.of("POST", new Match.DetectDialect(head())) : Map.of();
            case "sluice" -> path.is("sluice", "explain") ? explain() : Map.of();
            case "protocol" -> path.is("protocol") ? Map.of("GET", new Match.Protocol()) : Map.of();
            case "health" -> path.is("health") ? Map.of("GET", new Match.Health()) : Map.of();
            default -> Map.of();
        };
    }

    private Match chat(Dialect dialect) {
        return new Match.Chat(dialect, head());
    }

    private Match count(Dialect dialect) {
        return new Match.CountTokens(dialect, head());
    }

    private Map<String, Match> explain() {
        Match explain = new Match.Explain(head());
        return Map.of("GET", explain, "POST", explain);
    }

    private Map<String, Match> messages() {
        if (path.is("messages")) {
            return Map.of("POST", chat(Dialect.ANTHROPIC));
        }
        return path.is("messages", "count_tokens") ? Map.of("POST", count(Dialect.ANTHROPIC)) : Map.of();
    }

    private Map<String, Match> responses() {
        List<String> rest = path.rest();
        return switch (rest.size()) {
            case 1 -> Map.of("POST", chat(Dialect.OPENAI_RESPONSES), "GET", new Match.WebSocketUpgrade());
            case 2 ->
                switch (rest.get(1)) {
                    case "input_tokens" -> Map.of("POST", count(Dialect.OPENAI_RESPONSES));
                    case "compact" -> Map.of("POST", new Match.Later(Dialect.OPENAI_RESPONSES, COMPACTION));
                    default ->
                        Map.of("GET", stored(Match.Stored.Wish.RESPONSE), "DELETE", stored(Match.Stored.Wish.DELETION));
                };
            case 3 ->
                switch (rest.get(2)) {
                    case "input_items" -> Map.of("GET", stored(Match.Stored.Wish.INPUT_ITEMS));
                    case "cancel" -> Map.of("POST", stored(Match.Stored.Wish.CANCELLATION));
                    default -> Map.of();
                };
            default -> Map.of();
        };
    }

    private Match stored(Match.Stored.Wish wish) {
        return new Match.Stored(QueryString.decode(path.rest().get(1)), wish);
    }

    private Map<String, Match> ollama() {
        return switch (path.rest().size() == 2 ? path.rest().getLast() : "") {
            case "chat", "generate" -> Map.of("POST", chat(Dialect.OLLAMA_CHAT));
            case "show" -> Map.of("POST", new Match.ShowModel());
            case "tags" -> Map.of("GET", new Match.ListModels(ModelShape.OLLAMA));
            case "ps" -> Map.of("GET", new Match.RunningModels());
            case "version" -> Map.of("GET", new Match.OllamaVersion());
            default -> Map.of();
        };
    }

    /// Lists, single models, and Gemini's operations, which stand after a model's last colon.
    private Map<String, Match> models() {
        String id = path.id().orElse(null);
        if (id == null) {
            return Map.of("GET", new Match.ListModels(shape()));
        }
        Map<String, Match> byMethod = new LinkedHashMap<>();
        String operation = id.substring(id.lastIndexOf(':') + 1);
        if (operation.length() == id.length()) {
            operation = "";
        }
        if (GEMINI_CHATS.contains(operation)) {
            byMethod.put("POST", new Match.Chat(Dialect.GEMINI, head(path.operation(id))));
        } else if (operation.equals("countTokens")) {
            byMethod.put("POST", new Match.CountTokens(Dialect.GEMINI, head(path.operation(id))));
        } else {
            byMethod.put("GET", new Match.OneModel(shape(), id));
        }
        return byMethod;
    }

    private ModelShape shape() {
        if (headers.has("anthropic-version")) {
            return ModelShape.ANTHROPIC;
        }
        if (headers.has("x-goog-api-key") || path.beta() || path.prefix() == Dialect.GEMINI) {
            return ModelShape.GEMINI;
        }
        return path.prefix() == Dialect.ANTHROPIC ? ModelShape.ANTHROPIC : ModelShape.OPENAI;
    }

    /// In whose form an error is most likely understood.
    private Dialect nearest() {
        Dialect byPath = path.rest().isEmpty() ? null : speaker(path.rest().getFirst());
        Dialect known = byPath == null ? path.prefix() : byPath;
        if (known != null) {
            return known;
        }
        return switch (shape()) {
            case OPENAI -> Dialect.OPENAI_CHAT;
            case ANTHROPIC -> Dialect.ANTHROPIC;
            case GEMINI -> Dialect.GEMINI;
            case OLLAMA -> Dialect.OLLAMA_CHAT;
        };
    }

    private static @Nullable Dialect speaker(String segment) {
        return switch (segment) {
            case "chat", "completions", "embeddings" -> Dialect.OPENAI_CHAT;
            case "messages" -> Dialect.ANTHROPIC;
            case "responses" -> Dialect.OPENAI_RESPONSES;
            case "api" -> Dialect.OLLAMA_CHAT;
            default -> null;
        };
    }

    private RequestHead head() {
        return head(path.canonical());
    }

    /// What codecs may see: no credentials.
    private RequestHead head(String canonical) {
        Map<String, String> open = new LinkedHashMap<>(query);
        open.remove("key");
        return new RequestHead(
                canonical,
                open,
                new Headers(headers.fields().stream()
                        .filter(field -> !CREDENTIALS.contains(field.name()))
                        .toList()));
    }
}
