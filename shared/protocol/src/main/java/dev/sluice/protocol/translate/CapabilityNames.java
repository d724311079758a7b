package dev.sluice.protocol.translate;

import dev.sluice.model.Capabilities;
import dev.sluice.model.Failure;
import dev.sluice.model.Json;
import dev.sluice.protocol.Outcome;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The names under which a model's capabilities are written, in configurations and in the conformance vectors, with what holds
/// when one is absent.
public final class CapabilityNames {
    private static final List<String> NAMES = List.of(
            "max_tokens_param",
            "max_output_tokens",
            "sampling",
            "stop",
            "max_stop",
            "tools",
            "vision",
            "pdf",
            "reasoning",
            "efforts",
            "thinking",
            "gemini_thinking",
            "gemini_signature_required",
            "function_response_parts",
            "reasoning_history",
            "mid_system",
            "custom_tools",
            "web_search",
            "structured_output",
            "prompt_cache",
            "prompt_cache_breakpoint",
            "tool_name_max",
            "tool_id_max",
            "stream_options",
            "prefill",
            "family");

    private CapabilityNames() {}

    /// Every known name.
    public static Set<String> names() {
        return new TreeSet<>(NAMES);
    }

    /// Bad: every unknown name with the nearest known one, and every value of a wrong type, in one message; `param` is the
    /// first name at fault.
    public static Outcome<Capabilities> read(Json.Obj caps, Set<Capabilities.Quirk> quirks) {
        CapabilityValues values = new CapabilityValues(caps);
        for (String name : caps.fields().keySet()) {
            if (!NAMES.contains(name)) {
                values.problem(name, "is unknown; the nearest known name is `" + nearest(name) + "`");
            }
        }
        Capabilities read = capabilities(values, quirks);
        return values.problems().isEmpty()
                ? Outcome.ok(read)
                : Outcome.bad(Failure.Refused.field(values.firstAtFault(), String.join("; ", values.problems()) + "."));
    }

    private static Capabilities capabilities(CapabilityValues values, Set<Capabilities.Quirk> quirks) {
        Capabilities otherwise = Capabilities.DEFAULT;
        return new Capabilities(
                values.oneOf("max_tokens_param", List.of("max_tokens", "max_completion_tokens")),
                values.whole("max_output_tokens", 1),
                values.flag("sampling", otherwise.sampling()),
                values.flag("stop", otherwise.stop()),
                values.small("max_stop", 0),
                values.flag("tools", otherwise.tools()),
                values.flag("vision", otherwise.vision()),
                values.flag("pdf", otherwise.pdf()),
                !"none".equals(values.oneOf("reasoning", List.of("none", "effort"))),
                values.efforts("efforts", otherwise.efforts()),
                values.constant("thinking", otherwise.thinking(), Capabilities.Thinking.values()),
                values.constant(
                        "reasoning_history", otherwise.reasoningHistory(), Capabilities.ReasoningHistory.values()),
                values.flag("mid_system", otherwise.midSystem()),
                values.flagOrNull("custom_tools"),
                values.flag("web_search", otherwise.webSearch()),
                values.flag("structured_output", otherwise.structuredOutput()),
                values.flag("prompt_cache", otherwise.promptCache()),
                values.flag("prompt_cache_breakpoint", otherwise.promptCacheBreakpoint()),
                values.small("tool_name_max", 16),
                values.small("tool_id_max", 16),
                values.flag("stream_options", otherwise.streamOptions()),
                values.flag("prefill", otherwise.prefill()),
                values.flag("gemini_signature_required", otherwise.geminiSignatureRequired()),
                values.flag("function_response_parts", otherwise.functionResponseParts()),
                values.constant("gemini_thinking", otherwise.geminiThinking(), Capabilities.GeminiThinking.values()),
                values.text("family"),
                quirks);
    }

    private static String nearest(String name) {
        String nearest = NAMES.getFirst();
        for (String known : NAMES) {
            if (distance(name, known) < distance(name, nearest)) {
                nearest = known;
            }
        }
        return nearest;
    }

    /// How many letters must be put, taken or changed to make one name the other.
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
