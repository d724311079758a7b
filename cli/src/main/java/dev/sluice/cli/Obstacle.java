package dev.sluice.cli;

import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;

/// What stood in the way of reading or writing.
public final class Obstacle {
    private Obstacle() {}

    /// For a person: the file, and what is the matter with it.
    public static String words(Exception notPossible) {
        return switch (notPossible) {
            case AccessDeniedException denied -> denied.getFile() + ": permission denied";
            case NoSuchFileException missing -> missing.getFile() + ": there is no such place";
            case FileAlreadyExistsException there -> there.getFile() + ": it is there already";
            case FileSystemException failed
            when failed.getReason() != null -> failed.getFile() + ": " + failed.getReason();
            case UnknownHostException unknown -> "there is no address for " + unknown.getMessage();
            case SSLException notTrusted
            when String.valueOf(notTrusted.getMessage()).contains("PKIX path") ->
                "its certificate is not trusted on this machine";
            default -> notPossible.getMessage() == null ? notPossible.toString() : notPossible.getMessage();
        };
    }
}
