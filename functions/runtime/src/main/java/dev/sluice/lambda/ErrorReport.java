package dev.sluice.lambda;

import dev.sluice.protocol.ByteSink;

/// An error in the form that the service reads.
///
/// @param type `Runtime.` or `Function.` and a word that begins with a capital
record ErrorReport(String type, String message, StackTraceElement[] stack) {
    private static final int FRAMES = 32;

    static ErrorReport of(String type, String message) {
        return new ErrorReport(type, message, new StackTraceElement[0]);
    }

    static ErrorReport of(String type, Throwable fault) {
        return new ErrorReport(type, fault.toString(), fault.getStackTrace());
    }

    byte[] json() {
        ByteSink sink = new ByteSink(512);
        sink.ascii("{\"errorMessage\":").jsonString(message);
        sink.ascii(",\"errorType\":").jsonString(type).ascii(",\"stackTrace\":[");
        for (int i = 0; i < Math.min(FRAMES, stack.length); i++) {
            sink.ascii(i == 0 ? "" : ",").jsonString(stack[i].toString());
        }
        return sink.ascii("]}").toByteArray();
    }
}
