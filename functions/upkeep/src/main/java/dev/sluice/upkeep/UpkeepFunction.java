package dev.sluice.upkeep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.sluice.core.ports.Time;
import dev.sluice.lambda.MachineTime;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Asks the deployed gateway whether it lives, once for each event: a snapshot that nobody uses for 14 days is deleted.
///
/// The event says nothing that matters. One line of JSON tells what came of it; where the gateway did not answer as it
/// should until the invocation's time was nearly over, [UpkeepFailure] is thrown with the same sentence.
public final class UpkeepFunction implements RequestStreamHandler {
    /// The gateway's address, that of the Function URL or of the distribution before it: `/health` asks for nothing.
    static final String URL = "SLUICE_URL";

    private final Time time;
    private final HealthCheck check;

    public UpkeepFunction() {
        this(System.getenv(), new MachineTime());
    }

    /// Throws [UpkeepFailure] where the variable is missing or no address.
    UpkeepFunction(Map<String, String> environment, Time time) {
        this.time = time;
        this.check = new HealthCheck(address(environment.getOrDefault(URL, "").strip()), time);
    }

    private static URI address(String url) {
        if (url.isEmpty()) {
            throw new UpkeepFailure(URL + " is not set: it is the gateway's address");
        }
        try {
            URI uri = URI.create(url);
            boolean isHttp = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            if (isHttp
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return URI.create(url.endsWith("/") ? url + "health" : url + "/health");
            }
        } catch (IllegalArgumentException noAddress) {
            // refused below
        }
        throw new UpkeepFailure(URL + " is no address such as https://id.lambda-url.region.on.aws");
    }

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context) throws IOException {
        HealthCheck.Finding finding = check.ask(context::getRemainingTimeInMillis);
        String line = JsonText.print(Json.object()
                .put("at", time.now().toString())
                .put("level", finding.isHealthy() ? "info" : "error")
                .put("from", "upkeep")
                .put("note", finding.sentence())
                .put("tries", finding.tries())
                .build());
        context.getLogger().log(line + "\n");
        if (!finding.isHealthy()) {
            throw new UpkeepFailure(finding.sentence());
        }
        answer.write(line.getBytes(StandardCharsets.UTF_8));
    }
}
