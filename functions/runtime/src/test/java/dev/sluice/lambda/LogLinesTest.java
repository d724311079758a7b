package dev.sluice.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.api.client.logging.FramedTelemetryLogSink;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.sluice.model.Json;
import dev.sluice.protocol.json.JsonText;
import dev.sluice.testkit.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LogLinesTest {
    /// What a process must not take over: a JVM says aloud that it has found options.
    private static final Set<String> NOT_OURS =
            Set.of("AWS_LAMBDA_RUNTIME_API", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

    private final VirtualTime time = new VirtualTime();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Json.Obj line(LogRecord entry) {
        new LogLines(new LogOutput(out, false, time)).publish(entry);
        String printed = out.toString(StandardCharsets.UTF_8);
        assertThat(printed).endsWith("\n");
        assertThat(printed.strip()).doesNotContain("\n", "\r");
        return Objects.requireNonNull(JsonText.objectOrNull(printed.strip()));
    }

    @Test
    void a_fault_with_its_stack_is_one_line_of_json() {
        LogRecord entry = new LogRecord(Level.SEVERE, "the function failed\nin two lines");
        entry.setLoggerName("dev.sluice.lambda.Worker");
        entry.setThrown(new IllegalStateException("a\nb", new IOException("cause")));
        entry.setInstant(Instant.EPOCH);
        Json.Obj line = line(entry);
        assertThat(line.text("at")).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(line.text("level")).isEqualTo("error");
        assertThat(line.text("from")).isEqualTo("dev.sluice.lambda.Worker");
        assertThat(line.text("note")).isEqualTo("the function failed\nin two lines");
        assertThat(line.text("error"))
                .startsWith("java.lang.IllegalStateException: a\nb\n\tat ")
                .contains("Caused by: java.io.IOException: cause");
    }

    @Test
    void a_stack_without_end_is_cut() {
        LogRecord entry = new LogRecord(Level.WARNING, "deep");
        entry.setThrown(new IllegalStateException("x".repeat(300_000)));
        assertThat(line(entry).text("error")).hasSize(16 * 1024);
    }

    @Test
    void parameters_are_put_into_the_message() {
        LogRecord entry = new LogRecord(Level.INFO, "{0} of {1}");
        entry.setParameters(new Object[] {"one", "two"});
        Json.Obj line = line(entry);
        assertThat(line.text("note")).isEqualTo("one of two");
        assertThat(line.text("level")).isEqualTo("info");
        assertThat(line.text("error", "none")).isEqualTo("none");
    }

    @Test
    void frames_are_those_of_awss_own_runtime(@TempDir Path folder) throws IOException {
        List<Map.Entry<System.Logger.Level, LogLevel>> levels = List.of(
                Map.entry(System.Logger.Level.TRACE, LogLevel.TRACE),
                Map.entry(System.Logger.Level.DEBUG, LogLevel.DEBUG),
                Map.entry(System.Logger.Level.INFO, LogLevel.INFO),
                Map.entry(System.Logger.Level.WARNING, LogLevel.WARN),
                Map.entry(System.Logger.Level.ERROR, LogLevel.ERROR));
        String text = "{\"note\":\"caf\u00e9\"}";
        for (Map.Entry<System.Logger.Level, LogLevel> level : levels) {
            Path genuine = folder.resolve(level.getValue().name());
            try (FileOutputStream file = new FileOutputStream(genuine.toFile());
                    FramedTelemetryLogSink sink = new FramedTelemetryLogSink(file.getFD())) {
                sink.log(level.getValue(), LogFormat.JSON, text.getBytes(StandardCharsets.UTF_8));
            }
            out.reset();
            new LogOutput(out, true, time).line(level.getKey(), text);
            assertThat(withoutTime(out.toByteArray())).isEqualTo(withoutTime(Files.readAllBytes(genuine)));
            assertThat(ByteBuffer.wrap(out.toByteArray()).getLong(8))
                    .isEqualTo(time.now().toEpochMilli() * 1000);
        }
    }

    private static byte[] withoutTime(byte[] frame) {
        return ByteBuffer.wrap(frame).putLong(8, 0).array();
    }

    @Test
    void a_channel_that_cannot_be_opened_leaves_standard_output() {
        for (String channel : List.of("", "none", "../0", "987654")) {
            assertThat(LogOutput.of(Map.of("_LAMBDA_TELEMETRY_LOG_FD", channel), time))
                    .isNotNull();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void a_process_writes_its_log_to_the_channel_that_the_service_names(@TempDir Path folder) throws Exception {
        Path frames = folder.resolve("frames");
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -cp \"$1\" dev.sluice.lambda.EchoEntry 3>\"$2\"",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                System.getProperty("java.class.path"),
                frames.toString());
        builder.environment().put("_LAMBDA_TELEMETRY_LOG_FD", "3");
        builder.environment().keySet().removeAll(NOT_OURS);
        Process process = builder.redirectErrorStream(true).start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isEqualTo(1);
        ByteBuffer frame = ByteBuffer.wrap(Files.readAllBytes(frames));
        assertThat(frame.getInt()).isEqualTo(0xa55a0000 | 5 << 2 | 2);
        assertThat(frame.getInt()).isEqualTo(frame.limit() - 16);
        assertThat(new String(frame.array(), 16, frame.limit() - 16, StandardCharsets.UTF_8))
                .startsWith("{")
                .contains("AWS_LAMBDA_RUNTIME_API is not set")
                .doesNotContain("\n");
    }

    @Test
    void a_process_without_a_channel_writes_one_line_to_standard_output() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sluice.lambda.EchoEntry");
        builder.environment().keySet().removeAll(NOT_OURS);
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(printed.lines()).singleElement().asString().contains("\"level\":\"error\"", "\"from\":\"dev.sluice");
        assertThat(process.getErrorStream().readAllBytes()).isEmpty();
    }
}
