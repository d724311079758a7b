package dev.sluice.protocol.openai.responses;

import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A conversation as it is kept under the id of its last answer.
///
/// @param input all that was said before the answer, earlier answers included
/// @param response as the client got it, with the reasoning that only its issuer can read
public record KeptResponse(List<Json> input, Json.Obj response) {
    private static final String PROOF = "encrypted_content";

    public KeptResponse {
        input = List.copyOf(input);
    }

    /// Empty when the text is no such document.
    public static Optional<KeptResponse> read(String document) {
        Json.Obj whole = JsonText.objectOrNull(document);
        return whole != null && whole.object("response") instanceof Json.Obj response
                ? Optional.of(new KeptResponse(whole.items("input"), response))
                : Optional.empty();
    }

    public String document() {
        return JsonText.print(Json.object()
                .put("input", Json.array(input))
                .put("response", response)
                .build());
    }

    public String id() {
        return response.text("id", "");
    }

    /// What a request that goes on from it has in front of its own input.
    public List<Json> conversation() {
        List<Json> items = new ArrayList<>(input);
        items.addAll(response.items("output"));
        return items;
    }

    /// The items of the answer by their ids.
    public Map<String, Json> output() {
        Map<String, Json> byId = new HashMap<>();
        for (Json item : response.items("output")) {
            if (item instanceof Json.Obj object && object.text("id") instanceof String id) {
                byId.put(id, object);
            }
        }
        return byId;
    }

    /// The response for a client that fetches it.
    ///
    /// @param proofs whether it asks for the reasoning that only its issuer can read
    public Json.Obj shown(boolean proofs) {
        if (proofs) {
            return response;
        }
        List<Json> output = response.items("output").stream()
                .map(item -> item instanceof Json.Obj object && object.has(PROOF) ? object.without(PROOF) : item)
                .toList();
        return response.with("output", Json.array(output));
    }
}
