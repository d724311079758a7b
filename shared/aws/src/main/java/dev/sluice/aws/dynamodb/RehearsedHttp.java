package dev.sluice.aws.dynamodb;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/// Reads every request to its end and answers as DynamoDB does where nothing is in the table.
final class RehearsedHttp implements SdkHttpClient {
    /// An attribute that nothing of ours reads, so that attributes are decoded at all.
    private static final byte[] ANSWER = "{\"Attributes\":{\"rehearsed\":{\"N\":\"1\"},\"by\":{\"S\":\"sluice\"}}}"
            .getBytes(StandardCharsets.US_ASCII);

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return new ExecutableHttpRequest() {
            @Override
            public HttpExecuteResponse call() throws IOException {
                Optional<ContentStreamProvider> content = request.contentStreamProvider();
                if (content.isPresent()) {
                    try (InputStream body = content.get().newStream()) {
                        body.transferTo(OutputStream.nullOutputStream());
                    }
                }
                return answer();
            }

            @Override
            public void abort() {
                // nothing is under way
            }
        };
    }

    private static HttpExecuteResponse answer() {
        return HttpExecuteResponse.builder()
                .response(SdkHttpResponse.builder()
                        .statusCode(200)
                        .putHeader("content-type", "application/x-amz-json-1.0")
                        .putHeader("content-length", Integer.toString(ANSWER.length))
                        .build())
                .responseBody(AbortableInputStream.create(new ByteArrayInputStream(ANSWER)))
                .build();
    }

    @Override
    public void close() {
        // nothing is open
    }
}
