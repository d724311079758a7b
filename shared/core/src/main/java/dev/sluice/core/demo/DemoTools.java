package dev.sluice.core.demo;

import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import dev.sluice.model.Tool;
import dev.sluice.model.ToolChoice;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/// Decides whether the demo calls a tool, and which: one that must be called, one whose name the prompt has, or one
/// whose name goes with a verb of the prompt.
final class DemoTools {
    /// A verb and what the names of tools are made of that do it, the best first.
    private record Verb(String word, List<String> names) {}

    private static final List<String> WRITERS =
            List.of("write", "create", "save", "patch", "edit", "shell", "bash", "exec");
    private static final List<String> RUNNERS = List.of("bash", "shell", "exec", "run", "command", "terminal");
    private static final List<String> READERS = List.of("read", "view", "open", "cat", "shell", "bash", "exec");
    private static final List<String> SEARCHERS = List.of("grep", "search", "find", "glob", "shell", "bash", "exec");
    private static final List<Verb> VERBS = List.of(
            new Verb("create", WRITERS),
            new Verb("write", WRITERS),
            new Verb("make", WRITERS),
            new Verb("run", RUNNERS),
            new Verb("execute", RUNNERS),
            new Verb("read", READERS),
            new Verb("open", READERS),
            new Verb("list", List.of("list", "ls", "glob", "shell", "bash", "exec")),
            new Verb("search", SEARCHERS),
            new Verb("find", SEARCHERS));

    /// A call as it will be made.
    record Choice(String name, @Nullable String namespace, Tool.Kind kind, String arguments) {}

    private record Offer(Tool tool, @Nullable String namespace) {}

    private DemoTools() {}

    static @Nullable Choice choose(ChatRequest request, String prompt) {
        List<Offer> offers = new ArrayList<>();
        collect(request.tools(), null, offers);
        Offer chosen = offers.isEmpty() ? null : pick(request.toolChoice(), offers, new Words(prompt));
        return chosen == null ? null : call(chosen, new DemoArguments(request, prompt));
    }

    private static void collect(List<Tool> tools, @Nullable String namespace, List<Offer> offers) {
        for (Tool tool : tools) {
            switch (tool) {
                case Tool.Function _, Tool.Custom _ -> offers.add(new Offer(tool, namespace));
                case Tool.Namespace group -> collect(group.tools(), group.name(), offers);
                case Tool.Native _ -> {}
            }
        }
    }

    private static @Nullable Offer pick(ToolChoice choice, List<Offer> offers, Words words) {
        return switch (choice) {
            case ToolChoice.None _ -> null;
            case ToolChoice.Unset _, ToolChoice.Auto _ -> asked(offers, words);
            case ToolChoice.Required _ -> orFirst(asked(offers, words), offers);
            case ToolChoice.Named named ->
                named(offers, List.of(named.name())).stream().findFirst().orElse(null);
            case ToolChoice.Allowed(List<String> names, boolean required) -> {
                List<Offer> allowed = named(offers, names);
                yield required ? orFirst(asked(allowed, words), allowed) : asked(allowed, words);
            }
        };
    }

    private static List<Offer> named(List<Offer> offers, List<String> names) {
        return offers.stream()
                .filter(offer -> names.contains(offer.tool().name()))
                .toList();
    }

    private static @Nullable Offer orFirst(@Nullable Offer asked, List<Offer> offers) {
        return asked != null ? asked : offers.isEmpty() ? null : offers.getFirst();
    }

    private static @Nullable Offer asked(List<Offer> offers, Words words) {
        for (Offer offer : offers) {
            if (words.has(offer.tool().name())) {
                return offer;
            }
        }
        for (Verb verb : VERBS) {
            Offer fitting = words.has(verb.word()) ? fitting(offers, verb.names()) : null;
            if (fitting != null) {
                return fitting;
            }
        }
        boolean anyTool = (words.has("use") || words.has("call")) && (words.has("tool") || words.has("tools"));
        return anyTool ? orFirst(null, offers) : null;
    }

    /// For each part, best first: a tool of just that name, else one whose name begins with it, else one that holds it
    /// (`write` is meant before `write_file`, and both before `todowrite`).
    private static @Nullable Offer fitting(List<Offer> offers, List<String> names) {
        for (String part : names) {
            List<BiPredicate<String, String>> fits = List.of(String::equals, String::startsWith, String::contains);
            for (BiPredicate<String, String> fit : fits) {
                for (Offer offer : offers) {
                    if (fit.test(offer.tool().name().toLowerCase(Locale.ROOT), part)) {
                        return offer;
                    }
                }
            }
        }
        return null;
    }

    private static Choice call(Offer offer, DemoArguments arguments) {
        return switch (offer.tool()) {
            case Tool.Custom custom ->
                new Choice(custom.name(), offer.namespace(), Tool.Kind.CUSTOM, arguments.freeText(custom.name()));
            case Tool.Function function -> {
                Json.Obj schema = function.schema() == null ? Json.Obj.EMPTY : function.schema();
                String json = JsonText.print(arguments.object(schema));
                yield new Choice(function.name(), offer.namespace(), Tool.Kind.FUNCTION, json);
            }
            case Tool.Namespace _, Tool.Native _ -> throw new IllegalStateException("never offered");
        };
    }

    /// The prompt, to ask for whole words without regard to case.
    private record Words(String text) {
        boolean has(String word) {
            String lower = text.toLowerCase(Locale.ROOT);
            String wanted = word.toLowerCase(Locale.ROOT);
            for (int at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + 1)) {
                int end = at + wanted.length();
                boolean starts = at == 0 || !isWordPart(lower.charAt(at - 1));
                if (starts && (end == lower.length() || !isWordPart(lower.charAt(end)))) {
                    return true;
                }
            }
            return false;
        }

        private static boolean isWordPart(char c) {
            return Character.isLetterOrDigit(c) || c == '_';
        }
    }
}
