package dev.sluice.cli.lambda;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A handler of the ordinary kind, run by AWS's own runtime client in a process of its own.
public final class SampleHandler implements RequestStreamHandler, Resource {
    private final String start = System.getenv().getOrDefault("START", "");
    private String hooks = "";

    public SampleHandler() {
        if (start.equals("error")) {
            throw new IllegalStateException("no start");
        }
        Core.getGlobalContext().register(this);
    }

    /// Puts the compiled handler where AWS's client looks for it.
    static void copyTo(Path task) throws IOException {
        String name = SampleHandler.class.getName().replace('.', '/') + ".class";
        Path target = task.resolve(name);
        Files.createDirectories(target.getParent());
        try (InputStream compiled = SampleHandler.class.getResourceAsStream("/" + name)) {
            Files.copy(compiled, target);
        }
    }

    @Override
    public void beforeCheckpoint(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
        if (start.equals("before")) {
            throw new IllegalStateException("no checkpoint");
        }
        hooks += "before ";
    }

    @Override
    public void afterRestore(com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
        if (start.equals("after")) {
            throw new IllegalStateException("no return");
        }
        hooks += "after";
    }

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
        if (event.contains("fail")) {
            throw new IllegalArgumentException("asked to fail");
        }
        if (event.contains("exit")) {
            System.exit(5);
        }
        String answer = event.contains("huge")
                ? "x".repeat(6 * 1024 * 1024 + 101)
                : "{\"id\":\"" + context.getAwsRequestId() + "\",\"function\":\"" + context.getFunctionName()
                        + "\",\"arn\":\"" + context.getInvokedFunctionArn() + "\",\"inTime\":"
                        + (context.getRemainingTimeInMillis() > 1000) + ",\"hooks\":\"" + hooks + "\",\"event\":"
                        + event + "}";
        output.write(answer.getBytes(StandardCharsets.UTF_8));
    }
}
