package dev.sluice.testkit.secrets;

import dev.sluice.core.ports.VersionedSecret;
import dev.sluice.core.ports.VersionedSecret.Description;
import dev.sluice.core.ports.VersionedSecret.Value;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Secrets Manager's requests and answers as JSON 1.1.
final class SecretsWire {
    private SecretsWire() {}

    static Json.Builder named(FakeSecret secret) {
        return Json.object().put("ARN", secret.arn()).put("Name", secret.name());
    }

    static Json described(FakeSecret secret) {
        Description description = secret.describe();
        Json.Builder stages = Json.object();
        description.stages().forEach((version, labels) -> stages.put(version, Json.strings(List.copyOf(labels))));
        Json.Builder answer =
                named(secret).put("RotationEnabled", description.rotates()).put("VersionIdsToStages", stages.build());
        if (description.lastRotated() != null) {
            answer.put("LastRotatedDate", new Json.Num(description.lastRotated().getEpochSecond() + ".0"));
        }
        return answer.build();
    }

    static Json value(FakeSecret secret, Json.Obj body) {
        String version = body.text("VersionId");
        String stage = body.text("VersionStage");
        Optional<Value> found = version != null
                ? secret.version(version)
                : secret.stage(stage == null ? VersionedSecret.CURRENT : stage);
        if (found.isEmpty()) {
            throw new SecretRefusal(
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret value for "
                            + (version != null ? "VersionId: " + version : "staging label: " + stage));
        }
        if (version != null && stage != null && !found.get().stages().contains(stage)) {
            throw new SecretRefusal(
                    "InvalidRequestException",
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return named(secret)
                .put("VersionId", found.get().version())
                .put("SecretString", found.get().text())
                .put("VersionStages", Json.strings(List.copyOf(found.get().stages())))
                .build();
    }

    static Json put(FakeSecret secret, Json.Obj body) {
        String token = body.text("ClientRequestToken", "");
        Set<String> stages = new LinkedHashSet<>();
        for (Json stage : body.items("VersionStages")) {
            if (stage instanceof Json.Str(String label)) {
                stages.add(label);
            }
        }
        if (stages.isEmpty()) {
            stages.add(VersionedSecret.CURRENT);
        }
        if (!secret.put(token, body.text("SecretString", ""), stages)) {
            throw new SecretRefusal(
                    "ResourceExistsException",
                    "You can't use ClientRequestToken " + token
                            + " because that value is already in use for a version of secret " + secret.arn() + ".");
        }
        return named(secret)
                .put("VersionId", token)
                .put("VersionStages", Json.strings(List.copyOf(stages)))
                .build();
    }

    static Json updateStage(FakeSecret secret, Json.Obj body) {
        secret.updateStage(
                body.text("VersionStage", ""), body.text("RemoveFromVersionId"), body.text("MoveToVersionId"));
        return named(secret).build();
    }

    static byte[] answer(Json body) {
        return http("200 OK", JsonText.print(body));
    }

    static byte[] error(String type, String message) {
        return http(
                "400 Bad Request",
                JsonText.print(Json.object()
                        .put("__type", type)
                        .put("Message", message)
                        .build()));
    }

    private static byte[] http(String status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + "\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: "
                + bytes.length + "\r\n\r\n";
        byte[] whole = Arrays.copyOf(head.getBytes(StandardCharsets.US_ASCII), head.length() + bytes.length);
        System.arraycopy(bytes, 0, whole, head.length(), bytes.length);
        return whole;
    }
}
