package dev.polycert.vendor.file;

import dev.polycert.deliver.CertificateFiles;
import dev.polycert.deliver.CertificateFiles.OneFile;
import dev.polycert.deliver.FileForm;
import dev.polycert.vendor.file.VersionedDirectory.TargetException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Whom the files of a set belong to, and who may read them. */
final class Ownership {
  /** {@code rw-r--r--}, of files without a key. */
  private static final int PUBLIC = 0644;

  /** From the highest bit of a mode to the lowest. */
  private static final PosixFilePermission[] BITS = PosixFilePermission.values();

  private final int secretMode;
  private final @Nullable UserPrincipal owner;
  private final @Nullable GroupPrincipal group;

  private Ownership(int secretMode, @Nullable UserPrincipal owner, @Nullable GroupPrincipal group) {
    this.secretMode = secretMode;
    this.owner = owner;
    this.group = group;
  }

  /** Looks the names up. */
  static Ownership of(Path base, FileForm form) throws IOException {
    UserPrincipalLookupService users = base.getFileSystem().getUserPrincipalLookupService();
    return new Ownership(
        form.mode(),
        principal("user", form.owner(), users::lookupPrincipalByName),
        principal("group", form.group(), users::lookupPrincipalByGroupName));
  }

  /** The names that this machine does not know, by option. */
  static Map<String, String> unknown(Path base, FileForm form) {
    UserPrincipalLookupService users = base.getFileSystem().getUserPrincipalLookupService();
    Map<String, String> unknown = new TreeMap<>();
    unknown("user", form.owner(), users::lookupPrincipalByName)
        .ifPresent(why -> unknown.put(FileForm.OWNER, why));
    unknown("group", form.group(), users::lookupPrincipalByGroupName)
        .ifPresent(why -> unknown.put(FileForm.GROUP, why));
    return unknown;
  }

  private static <P> Optional<String> unknown(
      String kind, @Nullable String name, LookUp<P> lookUp) {
    try {
      principal(kind, name, lookUp);
      return Optional.empty();
    } catch (TargetException none) {
      return Optional.of(none.getMessage() + " on this machine");
    } catch (IOException | UnsupportedOperationException notNow) {
      return Optional.empty();
    }
  }

  /** Finds a user or a group. */
  private interface LookUp<P> {

    P of(String name) throws IOException;
  }

  private static <P> @Nullable P principal(String kind, @Nullable String name, LookUp<P> lookUp)
      throws IOException {
    try {
      return name == null ? null : lookUp.of(name);
    } catch (UserPrincipalNotFoundException unknown) {
      throw TargetException.owner("there is no %s %s".formatted(kind, name));
    }
  }

  /** Gives a file to its owner, and then lets others read it who may. */
  void give(Path path, OneFile file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    try {
      if (group != null) {
        view.setGroup(group);
      }
      if (owner != null) {
        view.setOwner(owner);
      }
    } catch (FileSystemException refused) {
      throw TargetException.owner(
          "files cannot be given to %s: %s"
              .formatted(owner == null ? group : owner, refused.getReason()));
    }
    view.setPermissions(permissions(file));
  }

  /** Whether the files of a set that is there are as they would be given. */
  boolean is(Path directory, CertificateFiles set) throws IOException {
    for (OneFile file : set.files()) {
      try {
        PosixFileAttributes there =
            Files.readAttributes(directory.resolve(file.name()), PosixFileAttributes.class);
        boolean same =
            there.permissions().equals(permissions(file))
                && (owner == null || owner.equals(there.owner()))
                && (group == null || group.equals(there.group()));
        if (!same) {
          return false;
        }
      } catch (NoSuchFileException none) {
        return false;
      }
    }
    return true;
  }

  private Set<PosixFilePermission> permissions(OneFile file) {
    int mode = file.secret() ? secretMode : PUBLIC;
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    for (int i = 0; i < BITS.length; i++) {
      if ((mode >> (BITS.length - 1 - i) & 1) == 1) {
        permissions.add(BITS[i]);
      }
    }
    return permissions;
  }
}
