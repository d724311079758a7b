package dev.sluice.cli.lambda;

import java.util.LinkedHashMap;
import java.util.Map;

/// The variables that a process on Lambda sees: nothing of this machine, the service's own, and the function's.
final class EnvironmentVariables {
    private static final String REGION = "us-east-1";
    private static final String VERSION = "$LATEST";

    private EnvironmentVariables() {}

    static String arn(FunctionSettings function) {
        return "arn:aws:lambda:" + REGION + ":000000000000:function:" + function.name();
    }

    static Map<String, String> of(FunctionSettings function, int number, int port, SandboxCredentials credentials) {
        boolean snapStart = function.initType() == InitType.SNAP_START;
        String runtimeApi = "127.0.0.1:" + port;
        Map<String, String> all = new LinkedHashMap<>();
        all.put("AWS_REGION", REGION);
        all.put("AWS_DEFAULT_REGION", REGION);
        all.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        all.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        all.put("AWS_LAMBDA_FUNCTION_VERSION", snapStart ? "1" : VERSION);
        all.put("AWS_LAMBDA_INITIALIZATION_TYPE", function.initType().word());
        all.put("AWS_XRAY_CONTEXT_MISSING", "LOG_ERROR");
        all.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
        all.put("LAMBDA_TASK_ROOT", function.taskRoot().toString());
        all.put("LANG", "en_US.UTF-8");
        all.put("LD_LIBRARY_PATH", "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/opt/lib");
        all.put("PATH", "/var/lang/bin:/usr/local/bin:/usr/bin:/bin:/opt/bin");
        all.put("TZ", ":UTC");
        all.put("_HANDLER", function.handler());
        if (!snapStart) {
            all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
            all.put("AWS_LAMBDA_LOG_STREAM_NAME", "local/[" + VERSION + "]" + number);
        }
        all.putAll(function.environment());
        if (snapStart) {
            all.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://" + runtimeApi + RuntimeCall.CREDENTIALS);
            all.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", credentials.authorization());
        } else if (!function.environment().containsKey("AWS_ACCESS_KEY_ID")) {
            all.putAll(credentials.variables());
        }
        all.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        return all;
    }
}
