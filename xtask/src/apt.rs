//! Installing packages of Debian and Ubuntu, where that is possible without asking.

use crate::sh;
use anyhow::Result;
use std::fs;

/// The distribution's `ID` in `/etc/os-release`.
pub(crate) fn distribution() -> Option<String> {
    os_id(&fs::read_to_string("/etc/os-release").ok()?)
}

fn os_id(release: &str) -> Option<String> {
    let id = release.lines().find_map(|line| line.strip_prefix("ID="))?;
    Some(id.trim_matches('"').to_owned())
}

/// Whether packages can be installed here: apt is there and this is root.
pub(crate) fn can_install() -> bool {
    which::which("apt-get").is_ok() && sh::read(sh::program("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs packages without questions.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    println!("installing {}", packages.join(", "));
    sh::run(apt_get().args(["update", "-qq"]))?;
    sh::run(apt_get().args(["install", "-y", "-qq", "--no-install-recommends"]).args(packages))
}

fn apt_get() -> std::process::Command {
    let mut command = sh::program("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

#[cfg(test)]
mod tests {
    use super::os_id;

    #[test]
    fn the_distribution_is_the_id_line() {
        let release = "PRETTY_NAME=\"Ubuntu 24.04\"\nVERSION_ID=\"24.04\"\nID=ubuntu\nID_LIKE=debian\n";
        assert_eq!(os_id(release).as_deref(), Some("ubuntu"));
        assert_eq!(os_id("ID=\"opensuse-leap\"").as_deref(), Some("opensuse-leap"));
        assert_eq!(os_id("NAME=x\n"), None);
    }
}
