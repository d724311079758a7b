package dev.sluice.protocol.bedrock;

import dev.sluice.model.Block;
import dev.sluice.model.ChatRequest;
import dev.sluice.model.Json;
import dev.sluice.model.ResponseFormat;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.protocol.translate.BillingLine;
import dev.sluice.protocol.translate.ToolNames;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A [ChatRequest] to a Converse body, by the policy table PROTOCOL 2.2. One per attempt.
final class RequestEncoder {
    private static final int LONGEST_SCHEMA_NAME = 64;

    private final Converse converse;
    private final ChatRequest request;

    RequestEncoder(Converse converse) {
        this.converse = converse;
        this.request = converse.request();
    }

    Json.Obj body() {
        ToolEncoder tools = new ToolEncoder(converse);
        Json.Obj toolConfig = tools.config(); // first: the target reads tools before all else
        List<Json> system = system();
        Json messages = new MessageEncoder(converse).messages();
        InferenceEncoder inference = new InferenceEncoder(converse);
        inference.encode(ToolEncoder.isForced(toolConfig));
        Json.Builder body = Json.object();
        body.when(!system.isEmpty(), b -> b.put("system", Json.array(system)));
        body.put("messages", messages)
                .putIf("toolConfig", toolConfig)
                .putIf("inferenceConfig", inference.config())
                .putIf("additionalModelRequestFields", inference.additional())
                .putIf("outputConfig", outputConfig(inference.effort()));
        new WishEncoder(converse).encode(body);
        return body.build();
    }

    private List<Json> system() {
        List<Json> blocks = new ArrayList<>();
        for (Block.Text text : request.system()) {
            if (!BillingLine.isUnwanted(text, converse.target())) {
                blocks.add(Json.object().put("text", text.text()).build());
                converse.cache().add(blocks, text.mark());
            }
        }
        return blocks;
    }

    /// The schema goes as text.
    private Json.@Nullable Obj outputConfig(@Nullable String effort) {
        Json.Builder config = Json.object();
        if (request.format() instanceof ResponseFormat.JsonSchema format
                && converse.caps().structuredOutput()) {
            Json.Builder schema = Json.object().put("schema", JsonText.print(format.schema()));
            String name = format.name();
            if (name != null && !name.isEmpty()) {
                schema.put("name", ToolNames.legal(name, LONGEST_SCHEMA_NAME));
            }
            schema.putIf("description", format.description());
            Json.Obj structure = Json.object().put("jsonSchema", schema.build()).build();
            config.put(
                    "textFormat",
                    Json.object()
                            .put("type", "json_schema")
                            .put("structure", structure)
                            .build());
        }
        config.putIf("effort", effort);
        return config.isEmpty() ? null : config.build();
    }
}
