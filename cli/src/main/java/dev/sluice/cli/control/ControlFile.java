package dev.sluice.cli.control;

import dev.sluice.cli.CommandFailure;
import dev.sluice.cli.Obstacle;
import dev.sluice.cli.secret.PrivateFile;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Where the running `start` can be reached, and the token that shows the right to: whoever can read the owner's files.
///
/// @param address `127.0.0.1:PORT`
record ControlFile(String address, String token, long pid) {
    static Optional<ControlFile> read(Path file) {
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            Json.Obj object = JsonText.parse(Files.readAllBytes(file)) instanceof JsonText.Parsed.Value(Json.Obj found)
                    ? found
                    : Json.Obj.EMPTY;
            String address = object.text("address");
            String token = object.text("token");
            Long pid = object.whole("pid");
            return address == null || token == null || pid == null
                    ? Optional.empty()
                    : Optional.of(new ControlFile(address, token, pid));
        } catch (IOException notReadable) {
            throw CommandFailure.failed("cannot read " + file + ": " + Obstacle.words(notReadable));
        }
    }

    void write(Path file) {
        Json.Obj object = Json.object()
                .put("address", address)
                .put("token", token)
                .put("pid", pid)
                .build();
        try {
            PrivateFile.replace(file, JsonText.bytes(object));
        } catch (IOException | UnsupportedOperationException notPossible) {
            throw CommandFailure.failed("cannot write " + file + ": " + Obstacle.words(notPossible));
        }
    }

    @Override
    public String toString() {
        return "ControlFile[" + address + "]"; // never the token
    }
}
