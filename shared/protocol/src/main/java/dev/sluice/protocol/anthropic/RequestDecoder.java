package dev.sluice.protocol.anthropic;

import dev.sluice.model.CacheWish;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Dialect;
import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.model.ReasoningWish;
import dev.sluice.model.ReasoningWish.Effort;
import dev.sluice.model.ResponseFormat;
import dev.sluice.model.Sampling;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.seal.Seal;
import dev.sluice.protocol.translate.OwnExtras;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Messages body to a [ChatRequest]. One per request.
final class RequestDecoder {
    private static final List<String> KNOWN = List.of(
            "model",
            "messages",
            "system",
            "tools",
            "tool_choice",
            "max_tokens",
            "temperature",
            "top_p",
            "top_k",
            "stop_sequences",
            "stream",
            "thinking",
            "output_config",
            "output_format",
            "metadata",
            "cache_control",
            "service_tier");

    /// Wishes without a slot of their own.
    private static final Map<String, Field> KEPT_FIELDS = keptFields();

    private final Outline outline;
    private final FieldReader fields = new FieldReader();
    private final MessageDecoder messages;
    private final ToolDecoder tools = new ToolDecoder(fields);
    private final ChatRequest.Builder request = new ChatRequest.Builder(Dialect.ANTHROPIC);

    RequestDecoder(Outline outline, Seal seal) {
        this.outline = outline;
        this.messages = new MessageDecoder(fields, seal);
    }

    private static Map<String, Field> keptFields() {
        Map<String, Field> kept = new LinkedHashMap<>();
        kept.put("context_management", Field.CONTEXT_MANAGEMENT);
        kept.put("mcp_servers", Field.MCP_SERVERS);
        kept.put("container", Field.CONTAINER);
        kept.put("speed", Field.SPEED);
        kept.put("thread", Field.THREAD);
        kept.put("fallbacks", Field.FALLBACKS);
        return kept;
    }

    Outcome<ChatRequest> decode() {
        Json.Obj body = JsonText.objectOrNull(outline.body(), 0, outline.body().length);
        if (body == null) {
            return Outcome.bad(Failure.Refused.of(
                    Failure.Kind.INVALID_REQUEST, "The request's body is not a well-formed JSON object."));
        }
        if (body.present("messages") == null) {
            return Outcome.bad(Failure.Refused.field("messages", "messages: an array is expected"));
        }
        request
                .apiVersion(
                        outline.head().headers().first(AnthropicHeaders.VERSION).orElse(""))
                .betas(AnthropicHeaders.betas(outline.head().headers()))
                .model(outline.model())
                .stream(outline.stream())
                .maxOutputTokens(outline.maxOutputTokens())
                .path(Field.MAX_OUTPUT_TOKENS, "max_tokens")
                .system(messages.system(body))
                .messages(messages.messages(body))
                .tools(tools.tools(body));
        toolChoice(body);
        sampling(body);
        thinking(body);
        format(body);
        hints(body);
        rest(body);
        Failure problem = fields.problem();
        return problem != null
                ? Outcome.bad(problem)
                : Outcome.ok(request.extras(fields.extras()).build());
    }

    private void toolChoice(Json.Obj body) {
        Json.Obj choice = fields.object(body, "tool_choice", "");
        if (choice == null) {
            return;
        }
        request.toolChoice(tools.choice(choice)).path(Field.TOOL_CHOICE, "tool_choice");
        Boolean disabled = fields.bool(choice, "disable_parallel_tool_use", "tool_choice");
        if (disabled != null) {
            request.parallelTools(!disabled).path(Field.PARALLEL_TOOLS, "tool_choice.disable_parallel_tool_use");
        }
    }

    private void sampling(Json.Obj body) {
        request.sampling(new Sampling(
                        fields.number(body, "temperature", ""),
                        fields.number(body, "top_p", ""),
                        fields.number(body, "top_k", ""),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null))
                .path(Field.TEMPERATURE, "temperature")
                .path(Field.TOP_P, "top_p")
                .path(Field.TOP_K, "top_k");
        List<String> stop = new ArrayList<>();
        List<Json> items = fields.items(body, "stop_sequences", "");
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof Json.Str(String sequence)) {
                stop.add(sequence);
            } else {
                fields.refuse(FieldReader.path("stop_sequences", i), "a string is expected");
            }
        }
        request.stop(stop).path(Field.STOP, "stop_sequences");
    }

    private void thinking(Json.Obj body) {
        Json.Obj thinking = fields.object(body, "thinking", "");
        Json.Obj config = fields.object(body, "output_config", "");
        String named = config == null ? null : fields.text(config, "effort", "output_config");
        Effort effort = Effort.parse(named);
        if (named != null && effort == null) {
            fields.keep("output_config.effort", Json.of(named)); // a level younger than this version
        }
        if (thinking == null) {
            if (effort != null) {
                request.reasoning(new ReasoningWish.ByEffort(effort)).path(Field.REASONING, "output_config.effort");
            }
            return;
        }
        ReasoningWish wish = wish(thinking, effort);
        if (wish == null) {
            fields.keep("thinking", thinking);
            wish = effort == null ? ReasoningWish.UNSET : new ReasoningWish.ByEffort(effort);
        } else {
            fields.keepRest(thinking, "thinking", List.of("type", "budget_tokens", "display"));
        }
        if (wish instanceof ReasoningWish.Off && effort != null) {
            fields.keep("output_config.effort", Json.of(effort.id()));
        }
        request.reasoning(wish).path(Field.REASONING, "thinking");
    }

    /// Null: a mode that is not modelled.
    private @Nullable ReasoningWish wish(Json.Obj thinking, @Nullable Effort effort) {
        String display = fields.text(thinking, "display", "thinking");
        return switch (fields.required(thinking, "type", "thinking")) {
            case "enabled" -> {
                Long budget = fields.whole(thinking, "budget_tokens", "thinking");
                if (budget == null) {
                    fields.refuse("thinking.budget_tokens", "a whole number is expected");
                    yield ReasoningWish.UNSET;
                }
                yield new ReasoningWish.Budget(budget, effort, display);
            }
            case "adaptive" -> new ReasoningWish.Adaptive(effort, display);
            case "disabled" -> new ReasoningWish.Off();
            default -> null;
        };
    }

    private void format(Json.Obj body) {
        Json.Obj config = fields.object(body, "output_config", "");
        if (config != null) {
            fields.keepRest(config, "output_config", List.of("effort", "format"));
        }
        Json.Obj current = config == null ? null : fields.object(config, "format", "output_config");
        if (current != null) {
            schema(current, "output_config.format");
            return;
        }
        Json.Obj legacy = fields.object(body, "output_format", "");
        if (legacy != null) {
            schema(legacy, "output_format");
        }
    }

    private void schema(Json.Obj format, String path) {
        Json.Obj schema = fields.object(format, "schema", path);
        if (!"json_schema".equals(fields.required(format, "type", path)) || schema == null) {
            fields.keep(path, format);
            return;
        }
        fields.keepRest(format, path, List.of("type", "schema"));
        request.format(new ResponseFormat.JsonSchema(null, null, schema, null)).path(Field.RESPONSE_FORMAT, path);
    }

    private void hints(Json.Obj body) {
        Json.Obj metadata = fields.object(body, "metadata", "");
        if (metadata != null) {
            request.endUser(fields.text(metadata, "user_id", "metadata")).path(Field.END_USER, "metadata.user_id");
            fields.keepRest(metadata, "metadata", List.of("user_id"));
        }
        request.serviceTier(fields.text(body, "service_tier", "")).path(Field.SERVICE_TIER, "service_tier");
        if (body.present("cache_control") != null) {
            request.cache(new CacheWish(null, CacheControl.decode(body, "", fields), null))
                    .path(Field.CACHE, "cache_control");
        }
    }

    private void rest(Json.Obj body) {
        for (Map.Entry<String, Json> field : body.fields().entrySet()) {
            String name = field.getKey();
            Field kept = KEPT_FIELDS.get(name);
            if (kept != null && field.getValue() != Json.NULL) {
                request.field(kept, name, field.getValue());
            } else if (!KNOWN.contains(name)) {
                fields.keep(OwnExtras.quoted(name), field.getValue());
            }
        }
    }
}
