package dev.sluice.protocol.gemini;

import dev.sluice.model.Failure;
import dev.sluice.model.Field;
import dev.sluice.model.Json;
import dev.sluice.protocol.ByteScan;
import dev.sluice.protocol.Outcome;
import dev.sluice.protocol.Outline;
import dev.sluice.protocol.RequestHead;
import dev.sluice.protocol.json.JsonScanner;
import dev.sluice.protocol.json.JsonSpans;
import dev.sluice.protocol.json.JsonSpans.Span;
import dev.sluice.protocol.json.JsonText;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Looks a body and its path over: what routing needs.
final class GeminiOutline {
    private static final List<String> FUNCTIONS = List.of("\"functionDeclarations\"", "\"function_declarations\"");
    private static final List<String> SEARCHES = List.of("\"googleSearch", "\"google_search");

    private GeminiOutline() {}

    static Outcome<Outline> of(byte[] body, RequestHead head) {
        return JsonScanner.topLevel(body).then(top -> outline(body, head, top));
    }

    private static Outcome<Outline> outline(byte[] body, RequestHead head, JsonSpans top) {
        Span contents = present(body, top, "contents");
        if (contents == null || !isList(body, contents)) {
            return wrong("contents", "an array");
        }
        Span config = present(body, top, "generationConfig");
        if (config != null && !JsonScanner.isObject(body, config)) {
            return wrong("generationConfig", "an object");
        }
        Span tools = present(body, top, "tools");
        if (tools != null && !isList(body, tools)) {
            return wrong("tools", "an array");
        }
        Json.Obj wishes = config == null ? null : JsonText.objectOrNull(body, config.from(), config.to());
        Json.Obj settings = wishes == null ? Json.Obj.EMPTY : ProtoJson.camel(wishes);
        Long most = settings.whole("maxOutputTokens");
        if (most == null && settings.present("maxOutputTokens") != null) {
            return wrong("generationConfig.maxOutputTokens", "a whole number");
        }
        GeminiPath path = GeminiPath.of(head.path());
        return Outcome.ok(new Outline(
                body, head, top, path.model(), path.isStream(), true, null, most, wants(body, tools, settings)));
    }

    private static boolean isList(byte[] body, Span span) {
        return JsonScanner.isArray(body, span) || JsonScanner.isObject(body, span);
    }

    /// The value of a field in either spelling; null when it is missing or `null`.
    static @Nullable Span present(byte[] body, JsonSpans top, String name) {
        Span found = top.field(name);
        for (Span span : top.spans()) {
            found = found == null && ProtoJson.camel(span.name()).equals(name) ? span : found;
        }
        return found == null || JsonScanner.isNull(body, found) ? null : found;
    }

    private static Outcome<Outline> wrong(String field, String expected) {
        return Outcome.bad(Failure.Refused.field(field, "'" + field + "' must be " + expected + "."));
    }

    private static Set<Field> wants(byte[] body, @Nullable Span tools, Json.Obj settings) {
        Set<Field> wants = EnumSet.noneOf(Field.class);
        if (tools != null && names(body, tools, FUNCTIONS)) {
            wants.add(Field.TOOLS);
        }
        if (tools != null && names(body, tools, SEARCHES)) {
            wants.add(Field.WEB_SEARCH);
        }
        boolean isJson = settings.text("responseMimeType", "").equals("application/json");
        if (isJson || settings.present("responseSchema") != null || settings.present("responseJsonSchema") != null) {
            wants.add(Field.RESPONSE_FORMAT);
        }
        Json.Obj thinking = settings.object("thinkingConfig");
        if (thinking != null && thinks(ProtoJson.camel(thinking))) {
            wants.add(Field.REASONING);
        }
        return wants;
    }

    /// A degree of thought; to be shown the thoughts there are is no wish for any.
    private static boolean thinks(Json.Obj thinking) {
        Long budget = thinking.whole("thinkingBudget");
        return budget != null && budget != 0 || thinking.text("thinkingLevel") != null;
    }

    private static boolean names(byte[] body, Span span, List<String> words) {
        return words.stream().anyMatch(word -> ByteScan.indexOf(body, span.from(), span.to(), word) >= 0);
    }
}
