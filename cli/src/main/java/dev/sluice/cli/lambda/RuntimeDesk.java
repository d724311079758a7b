package dev.sluice.cli.lambda;

import dev.sluice.cli.front.RequestHead;
import dev.sluice.cli.lambda.RuntimeSession.Turn;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// Answers the calls of one environment's runtime: which call, what the state table says to it, what is replied.
/// Thread-safe.
final class RuntimeDesk {
    private static final String ERROR_TYPE = "lambda-runtime-function-error-type";

    private final RuntimeSession session;
    private final SandboxCredentials credentials;
    private final Troubles troubles;
    private final AnswerIntake intake;
    private final EngineOptions options;
    private final FunctionSettings function;
    private final int number;
    private final AtomicInteger nexts = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();

    /// Is told what the runtime says of its start.
    interface Troubles {
        void initFailed(InvocationFailure failure);

        void restoreFailed(InvocationFailure failure);
    }

    RuntimeDesk(
            int number,
            FunctionSettings function,
            EngineOptions options,
            RuntimeSession session,
            SandboxCredentials credentials,
            Troubles troubles) {
        this.number = number;
        this.function = function;
        this.options = options;
        this.session = session;
        this.credentials = credentials;
        this.troubles = troubles;
        this.intake = new AnswerIntake(number, options, session);
    }

    /// Answers one call; whether the connection goes on.
    boolean serve(RuntimeConnection connection, RequestHead head, Upload upload)
            throws IOException, InterruptedException {
        boolean snapStart = function.initType() == InitType.SNAP_START;
        RuntimeCall call = RuntimeCall.of(head.method(), head.path(), snapStart);
        if (call instanceof RuntimeCall.Response(String id)) {
            return response(connection, id, head, upload);
        }
        byte[] body = body(upload);
        return switch (call) {
            case RuntimeCall.Next _ -> next(connection);
            case RuntimeCall.RestoreNext _ -> restoreNext(connection);
            case RuntimeCall.Failure(String id) -> said(connection, head, error(id, head, body));
            case RuntimeCall.InitError _ -> said(connection, head, initError(head, body));
            case RuntimeCall.RestoreError _ -> said(connection, head, restoreError(head, body));
            case RuntimeCall.Credentials _ -> said(connection, head, credentials(head));
            case RuntimeCall.WrongMethod _ -> said(connection, head, RuntimeReply.plain(405, "405 method not allowed"));
            case RuntimeCall.Response _, RuntimeCall.Unknown _ ->
                said(connection, head, RuntimeReply.plain(404, "404 page not found"));
        };
    }

    private byte[] body(Upload upload) throws IOException {
        return upload.whole(options.limits().payload()).bytes();
    }

    /// Replies, and reports what was refused.
    private boolean said(RuntimeConnection connection, RequestHead head, RuntimeReply reply) throws IOException {
        if (reply.status() >= 400) {
            options.events().accept(new EngineEvent.Refused(number, head.method() + " " + head.path(), reply.status()));
        }
        connection.reply(reply);
        return true;
    }

    private boolean next(RuntimeConnection connection) throws IOException, InterruptedException {
        if (nexts.incrementAndGet() <= options.faults().failedNexts()) {
            connection.reply(RuntimeReply.broken());
            return true;
        }
        connection.waiting(true);
        Turn turn = session.next();
        connection.waiting(false);
        return switch (turn) {
            case Turn.Granted(var _, Invocation invocation) -> {
                options.time().sleep(options.faults().nextDelay());
                connection.reply(event(invocation));
                yield true;
            }
            case Turn.Refused(RuntimeState from, RuntimeStep step) ->
                refused(connection, "GET invocation/next", from, step);
            case Turn.Over _, Turn.Taken _, Turn.UnknownId _ -> false;
        };
    }

    private boolean restoreNext(RuntimeConnection connection) throws IOException, InterruptedException {
        connection.waiting(true);
        Turn turn = session.restoreNext();
        connection.waiting(false);
        return switch (turn) {
            case Turn.Taken _ -> {
                connection.reply(RuntimeReply.empty());
                yield true;
            }
            case Turn.Refused(RuntimeState from, RuntimeStep step) ->
                refused(connection, "GET restore/next", from, step);
            case Turn.Over _, Turn.Granted _, Turn.UnknownId _ -> false;
        };
    }

    private boolean refused(RuntimeConnection connection, String call, RuntimeState from, RuntimeStep step)
            throws IOException {
        options.events().accept(new EngineEvent.Refused(number, call, 403));
        connection.reply(RuntimeReply.forbidden(from, step));
        return true;
    }

    private RuntimeReply event(Invocation invocation) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Lambda-Runtime-Aws-Request-Id", invocation.id());
        headers.put(
                "Lambda-Runtime-Deadline-Ms",
                Long.toString(invocation.deadline().toEpochMilli()));
        headers.put("Lambda-Runtime-Invoked-Function-Arn", EnvironmentVariables.arn(function));
        headers.put("Lambda-Runtime-Trace-Id", invocation.traceId());
        return new RuntimeReply(200, headers, invocation.event());
    }

    private boolean response(RuntimeConnection connection, String id, RequestHead head, Upload upload)
            throws IOException, InterruptedException {
        if (answers.incrementAndGet() <= options.faults().forbiddenAnswers()) {
            body(upload);
            return refused(connection, "POST response", session.state(), RuntimeStep.RESPONSE);
        }
        return switch (session.answer(id, RuntimeStep.RESPONSE)) {
            case Turn.Granted(RuntimeSession.Lane lane, Invocation invocation) ->
                intake.take(connection, lane, invocation, head, upload);
            case Turn.Refused(RuntimeState from, RuntimeStep step) -> {
                body(upload);
                yield refused(connection, "POST response", from, step);
            }
            case Turn.UnknownId _, Turn.Over _, Turn.Taken _ -> {
                body(upload);
                yield said(connection, head, RuntimeReply.invalidId());
            }
        };
    }

    private RuntimeReply error(String id, RequestHead head, byte[] body) {
        return switch (session.answer(id, RuntimeStep.ERROR)) {
            case Turn.Granted(RuntimeSession.Lane lane, Invocation invocation) -> {
                intake.failed(lane, invocation, reported(InvocationFailure.Kind.REPORTED, head, body));
                yield RuntimeReply.accepted();
            }
            case Turn.Refused(RuntimeState from, RuntimeStep step) -> RuntimeReply.forbidden(from, step);
            case Turn.UnknownId _, Turn.Over _, Turn.Taken _ -> RuntimeReply.invalidId();
        };
    }

    /// While it restores, a failed start is a failed restore.
    private RuntimeReply initError(RequestHead head, byte[] body) {
        boolean restoring = session.state() instanceof RuntimeState.Restoring;
        if (session.all(RuntimeStep.INIT_ERROR) instanceof Turn.Refused(RuntimeState from, RuntimeStep step)) {
            return RuntimeReply.forbidden(from, step);
        }
        InvocationFailure failure = reported(InvocationFailure.Kind.NOT_STARTED, head, body);
        if (restoring) {
            troubles.restoreFailed(failure);
        } else {
            troubles.initFailed(failure);
        }
        return RuntimeReply.accepted();
    }

    private RuntimeReply restoreError(RequestHead head, byte[] body) {
        if (session.all(RuntimeStep.RESTORE_ERROR) instanceof Turn.Refused(RuntimeState from, RuntimeStep step)) {
            return RuntimeReply.forbidden(from, step);
        }
        troubles.restoreFailed(reported(InvocationFailure.Kind.NOT_STARTED, head, body));
        return RuntimeReply.accepted();
    }

    private static InvocationFailure reported(InvocationFailure.Kind kind, RequestHead head, byte[] body) {
        return new InvocationFailure(
                kind, ErrorTypes.valid(head.headers().first(ERROR_TYPE).orElse("")), body);
    }

    private RuntimeReply credentials(RequestHead head) {
        String given = head.headers().first("authorization").orElse("");
        return given.equals(credentials.authorization())
                ? RuntimeReply.json(200, credentials.current())
                : RuntimeReply.error(404, "InvalidToken", "The authorization token is not that of this environment");
    }
}
