package dev.sluice.model;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the client asked, free of dialect. Built by a request codec's `decode`, read by every `encode`.
///
/// @param client the dialect it came in
/// @param apiVersion the dialect's version as the client named it (`anthropic-version`), empty when it named none
/// @param model as asked; empty when the client named none
/// @param stream whether the answer shall be streamed
/// @param includeUsage whether the client wants usage in its stream (Chat's `stream_options.include_usage`; true elsewhere)
/// @param system instructions before the conversation
/// @param metadata key and value pairs for the provider's books
/// @param betas beta features the client named, in its own dialect's words
/// @param fields wishes without a slot of their own, with the client's JSON for each
/// @param paths the client's name of each modelled wish that it expressed, for messages about it
/// @param extras top-level JSON that is not modelled
/// @param hints JSON that has a meaning for the client's own dialect only and is missed by no other: objects, by the path of
///     the object in the client's body that held their fields
public record ChatRequest(
        Dialect client,
        String apiVersion,
        String model,
        boolean stream,
        boolean includeUsage,
        List<Block.Text> system,
        List<Message> messages,
        List<Tool> tools,
        ToolChoice toolChoice,
        @Nullable Boolean parallelTools,
        @Nullable Long maxOutputTokens,
        Sampling sampling,
        List<String> stop,
        ResponseFormat format,
        ReasoningWish reasoning,
        List<String> modalities,
        Map<String, String> metadata,
        @Nullable String endUser,
        CacheWish cache,
        @Nullable String serviceTier,
        @Nullable String verbosity,
        List<String> betas,
        Map<Field, Json> fields,
        Map<Field, String> paths,
        Extras extras,
        Extras hints) {

    public ChatRequest {
        system = List.copyOf(system);
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        stop = List.copyOf(stop);
        modalities = List.copyOf(modalities);
        betas = List.copyOf(betas);
    }

    /// The client's own name of that wish, for a degradation or an error.
    public String pathOf(Field field) {
        String path = paths.get(field);
        return path == null ? field.name().toLowerCase(java.util.Locale.ROOT) : path;
    }

    /// Collects a request field by field.
    public static final class Builder {
        private final Dialect client;
        private String apiVersion = "";
        private String model = "";
        private boolean stream;
        private boolean includeUsage = true;
        private List<Block.Text> system = new ArrayList<>();
        private List<Message> messages = new ArrayList<>();
        private List<Tool> tools = new ArrayList<>();
        private ToolChoice toolChoice = ToolChoice.UNSET;
        private @Nullable Boolean parallelTools;
        private @Nullable Long maxOutputTokens;
        private Sampling sampling = Sampling.NONE;
        private List<String> stop = new ArrayList<>();
        private ResponseFormat format = ResponseFormat.TEXT;
        private ReasoningWish reasoning = ReasoningWish.UNSET;
        private List<String> modalities = new ArrayList<>();
        private Map<String, String> metadata = new LinkedHashMap<>();
        private @Nullable String endUser;
        private CacheWish cache = CacheWish.NONE;
        private @Nullable String serviceTier;
        private @Nullable String verbosity;
        private List<String> betas = new ArrayList<>();
        private final Map<Field, Json> fields = new EnumMap<>(Field.class);
        private final Map<Field, String> paths = new EnumMap<>(Field.class);
        private Extras extras;
        private Extras hints;

        public Builder(Dialect client) {
            this.client = client;
            this.extras = new Extras(client, Json.Obj.EMPTY);
            this.hints = this.extras;
        }

        public Builder(ChatRequest from) {
            this.client = from.client;
            this.apiVersion = from.apiVersion;
            this.model = from.model;
            this.stream = from.stream;
            this.includeUsage = from.includeUsage;
            this.system = from.system;
            this.messages = from.messages;
            this.tools = from.tools;
            this.toolChoice = from.toolChoice;
            this.parallelTools = from.parallelTools;
            this.maxOutputTokens = from.maxOutputTokens;
            this.sampling = from.sampling;
            this.stop = from.stop;
            this.format = from.format;
            this.reasoning = from.reasoning;
            this.modalities = from.modalities;
            this.metadata = from.metadata;
            this.endUser = from.endUser;
            this.cache = from.cache;
            this.serviceTier = from.serviceTier;
            this.verbosity = from.verbosity;
            this.betas = from.betas;
            this.fields.putAll(from.fields);
            this.paths.putAll(from.paths);
            this.extras = from.extras;
            this.hints = from.hints;
        }

        public Builder apiVersion(String value) {
            apiVersion = value;
            return this;
        }

        public Builder model(String value) {
            model = value;
            return this;
        }

        public Builder stream(boolean value) {
            stream = value;
            return this;
        }

        public Builder includeUsage(boolean value) {
            includeUsage = value;
            return this;
        }

        public Builder system(List<Block.Text> value) {
            system = value;
            return this;
        }

        public Builder messages(List<Message> value) {
            messages = value;
            return this;
        }

        public Builder tools(List<Tool> value) {
            tools = value;
            return this;
        }

        public Builder toolChoice(ToolChoice value) {
            toolChoice = value;
            return this;
        }

        public Builder parallelTools(@Nullable Boolean value) {
            parallelTools = value;
            return this;
        }

        /// Tokens.
        public Builder maxOutputTokens(@Nullable Long value) {
            maxOutputTokens = value;
            return this;
        }

        public Builder sampling(Sampling value) {
            sampling = value;
            return this;
        }

        public Builder stop(List<String> value) {
            stop = value;
            return this;
        }

        public Builder format(ResponseFormat value) {
            format = value;
            return this;
        }

        public Builder reasoning(ReasoningWish value) {
            reasoning = value;
            return this;
        }

        public Builder modalities(List<String> value) {
            modalities = value;
            return this;
        }

        public Builder metadata(Map<String, String> value) {
            metadata = value;
            return this;
        }

        public Builder endUser(@Nullable String value) {
            endUser = value;
            return this;
        }

        public Builder cache(CacheWish value) {
            cache = value;
            return this;
        }

        public Builder serviceTier(@Nullable String value) {
            serviceTier = value;
            return this;
        }

        public Builder verbosity(@Nullable String value) {
            verbosity = value;
            return this;
        }

        public Builder betas(List<String> value) {
            betas = value;
            return this;
        }

        /// Keeps a wish that has no slot of its own, under the client's name for it.
        public Builder field(Field field, String path, Json value) {
            fields.put(field, value);
            paths.put(field, path);
            return this;
        }

        /// Notes the client's name of a wish that has a slot.
        public Builder path(Field field, String path) {
            paths.put(field, path);
            return this;
        }

        public Builder extras(Extras value) {
            extras = value;
            return this;
        }

        public Builder hints(Extras value) {
            hints = value;
            return this;
        }

        public ChatRequest build() {
            return new ChatRequest(
                    client,
                    apiVersion,
                    model,
                    stream,
                    includeUsage,
                    system,
                    messages,
                    tools,
                    toolChoice,
                    parallelTools,
                    maxOutputTokens,
                    sampling,
                    stop,
                    format,
                    reasoning,
                    modalities,
                    metadata,
                    endUser,
                    cache,
                    serviceTier,
                    verbosity,
                    betas,
                    fields.isEmpty() ? Map.of() : new EnumMap<>(fields),
                    paths.isEmpty() ? Map.of() : new EnumMap<>(paths),
                    extras,
                    hints);
        }
    }
}
