/// The HTTP/1.1 front of `sluice start`: a small server of its own, one virtual thread per connection.
@NullMarked
package dev.sluice.cli.front;

import org.jspecify.annotations.NullMarked;
