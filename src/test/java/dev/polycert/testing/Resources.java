package dev.polycert.testing;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Closes what a test has opened, the last first. An instance field closes after each test; a static
 * field, and an instance field of a test class with one instance, after the last test of the class.
 */
public final class Resources implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private @Nullable Path directory;
  private boolean ofTheClass;

  /** Closes it when the tests that it serves have ended. */
  public <T extends AutoCloseable> T add(T resource) {
    open.push(resource);
    return resource;
  }

  /** A new Vert.x. */
  public Vertx vertx() {
    Vertx vertx = Vertx.vertx();
    add(() -> vertx.close().toCompletionStage().toCompletableFuture().join());
    return vertx;
  }

  /** The one temporary directory, which can be asked for before JUnit fills fields. */
  public Path directory() {
    if (directory == null) {
      Path made = temporaryDirectory();
      add(() -> delete(made));
      directory = made;
    }
    return directory;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ofTheClass = true;
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    if (!ofTheClass) {
      close();
    }
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    close();
  }

  /** Closes all, whichever of them fail. */
  private void close() throws Exception {
    Exception failure = null;
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("polycert");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
              throws IOException {
            Files.delete(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
