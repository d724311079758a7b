package dev.sluice.protocol.vectors;

import dev.sluice.model.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What every forwarded request body must keep, whatever a vector expects of it: legal keys, roles, blocks, ids and pairs.
final class BaseRules {
    private static final Map<String, Set<String>> KEYS = Map.of(
            "openai-chat",
            words("messages model audio frequency_penalty function_call functions logit_bias logprobs"
                    + " max_completion_tokens max_tokens metadata modalities moderation n parallel_tool_calls prediction"
                    + " presence_penalty prompt_cache_key prompt_cache_options prompt_cache_retention reasoning_effort"
                    + " response_format safety_identifier seed service_tier stop store stream stream_options temperature"
                    + " tool_choice tools top_logprobs top_p user verbosity web_search_options"),
            "openai-responses",
            words("access_programs background context_management conversation image include input instructions"
                    + " max_output_tokens max_tool_calls metadata model moderation parallel_tool_calls"
                    + " previous_response_id prompt prompt_cache_key prompt_cache_options prompt_cache_retention reasoning"
                    + " safety_identifier service_tier store stream stream_options temperature text tool_choice tools"
                    + " top_logprobs top_p truncation user"),
            "anthropic",
            words("max_tokens messages model cache_control container diagnostics inference_geo metadata output_config"
                    + " service_tier speed stop_sequences stream system temperature thinking tool_choice tools top_k top_p"
                    + " user_profile_id workspace_id context_management mcp_servers compaction thread fallbacks"),
            "gemini",
            words("contents systemInstruction tools toolConfig safetySettings generationConfig cachedContent labels"
                    + " serviceTier store"),
            "bedrock-converse",
            words("messages system inferenceConfig toolConfig guardrailConfig additionalModelRequestFields"
                    + " promptVariables additionalModelResponseFieldPaths requestMetadata performanceConfig serviceTier"
                    + " outputConfig"));

    private static final Set<String> CHAT_MESSAGE = words(
            "role content name refusal tool_calls tool_call_id audio reasoning_content reasoning reasoning_details");
    private static final Set<String> ANTHROPIC_BLOCKS =
            words("text image document search_result thinking redacted_thinking tool_use tool_result server_tool_use"
                    + " web_search_tool_result");

    private final Json.Obj body;
    private final List<String> problems = new ArrayList<>();

    private BaseRules(Json.Obj body) {
        this.body = body;
    }

    /// What is wrong with a body for that target; empty for dialects without rules.
    static List<String> problems(String target, Json.Obj body) {
        BaseRules rules = new BaseRules(body);
        Set<String> keys = KEYS.get(target);
        if (keys == null) {
            return List.of();
        }
        for (String key : body.fields().keySet()) {
            rules.check(keys.contains(key), "foreign top-level key " + key);
        }
        switch (target) {
            case "openai-chat" -> rules.chat();
            case "anthropic" -> rules.anthropic();
            case "openai-responses" -> rules.responses();
            case "gemini" -> rules.gemini();
            case "bedrock-converse" -> rules.bedrock();
            default -> throw new IllegalArgumentException(target);
        }
        return rules.problems;
    }

    private void chat() {
        check(body.text("model") != null, "model");
        check(!body.items("messages").isEmpty(), "messages");
        for (Json.Obj message : objects(body.items("messages"))) {
            String role = message.text("role", "");
            check(Set.of("system", "developer", "user", "assistant", "tool").contains(role), "role " + role);
            message.fields().keySet().forEach(key -> check(CHAT_MESSAGE.contains(key), "message key " + key));
            for (Json.Obj part : objects(message.items("content"))) {
                String type = part.text("type", "");
                boolean legal = words("text image_url input_audio file refusal").contains(type)
                        && (!role.equals("tool") || type.equals("text"));
                check(legal, "part " + type);
            }
        }
        for (Json.Obj tool : objects(body.items("tools"))) {
            String type = tool.text("type", "");
            check((type.equals("function") || type.equals("custom")) && tool.has(type), "tool shape");
        }
        check(!(body.has("max_tokens") && body.has("max_completion_tokens")), "both max fields");
        check(
                StructureOps.holds(body, "no_orphan_tool_calls", body.field("messages"), Json.TRUE),
                "unanswered tool_calls");
        List<Json> ids = Paths.all(body, "$.messages[*].tool_calls[*].id");
        for (Json.Obj message : objects(body.items("messages"))) {
            check(
                    !StructureOps.isRole(message, "tool") || ids.contains(message.field("tool_call_id")),
                    "orphan tool message");
        }
    }

    private void anthropic() {
        check(body.text("model") != null, "model");
        check(body.field("max_tokens") instanceof Json.Num, "max_tokens");
        List<Json.Obj> messages = objects(body.items("messages"));
        check(!messages.isEmpty(), "messages");
        check(messages.isEmpty() || StructureOps.isRole(messages.getFirst(), "user"), "first role");
        for (Json.Obj message : messages) {
            check(words("user assistant system").contains(message.text("role", "")), "role " + message.text("role"));
            message.fields().keySet().forEach(key -> check(words("role content").contains(key), "message key " + key));
            for (Json.Obj block : objects(message.items("content"))) {
                check(ANTHROPIC_BLOCKS.contains(block.text("type", "")), "block " + block.text("type"));
            }
        }
        check(StructureOps.holds(body, "no_empty_text", body, Json.TRUE), "empty text");
        check(
                StructureOps.holds(body, "all_tool_use_answered", body.field("messages"), Json.TRUE),
                "unanswered tool_use");
        check(StructureOps.holds(body, "no_orphan_tool_result", body, Json.TRUE), "orphan tool_result");
        check(StructureOps.thinkingBudgetValid(body), "thinking budget");
        anthropicNames(messages);
    }

    private void anthropicNames(List<Json.Obj> messages) {
        Set<String> seen = new HashSet<>();
        for (Json.Obj message : messages) {
            for (String id : StructureOps.ids(message, "tool_use", "id")) {
                check(seen.add(id), "duplicate tool ids");
                check(id.matches("[a-zA-Z0-9_-]+"), "tool id " + id);
            }
        }
        for (Json.Obj tool : objects(body.items("tools"))) {
            if (!tool.has("type") || "custom".equals(tool.text("type"))) {
                Json.Obj schema = tool.object("input_schema");
                check(schema != null && "object".equals(schema.text("type")), "input_schema");
                check(tool.text("name", "").matches("[a-zA-Z0-9_-]{1,128}"), "tool name");
            }
        }
    }

    private void responses() {
        check(body.has("input"), "input");
        check(body.has("store"), "store must be explicit");
        for (Json.Obj tool : objects(body.items("tools"))) {
            check(!"function".equals(tool.text("type")) || tool.bool("strict") != null, "strict must be explicit");
        }
        for (Json.Obj item : objects(body.items("input"))) {
            if (StructureOps.isRole(item, "assistant")) {
                for (Json.Obj part : objects(item.items("content"))) {
                    check(words("output_text refusal").contains(part.text("type", "")), "assistant part");
                }
            }
        }
    }

    private void gemini() {
        check(!body.items("contents").isEmpty(), "contents");
        for (Json.Obj content : objects(body.items("contents"))) {
            check(words("user model").contains(content.text("role", "")), "role " + content.text("role"));
            check(!content.items("parts").isEmpty(), "parts");
            for (Json.Obj part : objects(content.items("parts"))) {
                Json.Obj answer = part.object("functionResponse");
                check(
                        !part.has("functionResponse")
                                || (answer != null && answer.text("name") != null && answer.object("response") != null),
                        "functionResponse");
            }
        }
    }

    private void bedrock() {
        List<Json.Obj> messages = objects(body.items("messages"));
        check(!messages.isEmpty() && StructureOps.isRole(messages.getFirst(), "user"), "messages");
        for (Json.Obj message : messages) {
            check(words("user assistant system").contains(message.text("role", "")), "role");
            for (Json.Obj block : objects(message.items("content"))) {
                check(block.fields().size() == 1, "union " + block.fields().keySet());
                check(block.text("text") == null || !block.text("text", "").isBlank(), "blank text");
            }
        }
        boolean uses = Assertions.written(body.field("messages")).contains("\"toolUse\"");
        check(!uses || body.has("toolConfig"), "toolConfig");
    }

    private void check(boolean holds, String problem) {
        if (!holds) {
            problems.add(problem);
        }
    }

    private static List<Json.Obj> objects(List<Json> items) {
        return items.stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }

    private static Set<String> words(String words) {
        return Set.of(words.split(" "));
    }
}
