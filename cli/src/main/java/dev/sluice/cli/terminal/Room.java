package dev.sluice.cli.terminal;

/// How much a widget may use of the screen, in columns and lines.
public record Room(int width, int height) {}
