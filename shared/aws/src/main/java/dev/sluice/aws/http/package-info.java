/// The road to providers: HTTP/1.1 on `java.net.http`, one attempt per call, every breakage told apart.
@NullMarked
package dev.sluice.aws.http;

import org.jspecify.annotations.NullMarked;
