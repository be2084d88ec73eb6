//! The built page on localhost.

use crate::{node, sh, template, wasm};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// Brings the page in `www/dist` up to date.
pub(crate) fn build_page() -> Result<()> {
    prepare_page()?;
    sh::run(&mut node::script("build"))
}

/// Brings everything up to date that the page is built from.
pub(crate) fn prepare_page() -> Result<()> {
    if !node::has_page() {
        bail!("there is no page: www/package.json is absent");
    }
    node::install()?;
    wasm::build()?.iter().for_each(|module| println!("{module}"));
    template::write()
}

/// Builds everything and serves it until Ctrl-C.
pub(crate) fn serve(port: u16, open: bool) -> Result<()> {
    // Said before the build, which takes minutes the first time.
    check_free(port)?;
    build_page()?;
    let mut server = Server::start(port, open && has_desktop())?;
    println!("\nLandfall is at {} (Ctrl-C stops)", server.url);
    let status = server.child.wait()?;
    if !status.success() {
        bail!("the server stopped ({status})");
    }
    Ok(())
}

/// A server that ends with this value, or with this program however it ends.
pub(crate) struct Server {
    child: Child,
    /// Held outside the child, whose `wait` would close it, which ends the server.
    _input: ChildStdin,
    /// Held so that a late message of the server finds somebody to read it.
    _output: BufReader<ChildStdout>,
    /// Where the page is.
    pub(crate) url: String,
}

impl Server {
    /// Serves `www/dist`, which must be built.
    pub(crate) fn start(port: u16, open: bool) -> Result<Self> {
        let mut child = node::node()
            .args(["--input-type=module", "--eval", include_str!("serve.mjs"), "--"])
            .args([port.to_string().as_str(), if open { "open" } else { "quiet" }])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start node")?;
        let input = child.stdin.take().context("the server has no input")?;
        let mut output = BufReader::new(child.stdout.take().context("the server has no output")?);
        let mut line = String::new();
        while output.read_line(&mut line)? > 0 {
            if let Some(url) = line.trim_end().strip_prefix("ready ") {
                return Ok(Self { url: url.to_owned(), child, _input: input, _output: output });
            }
            line.clear();
        }
        let status = child.wait()?;
        bail!("the server did not start ({status}): is port {port} in use?")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A port that nobody listens on.
pub(crate) fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

fn check_free(port: u16) -> Result<()> {
    match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(_) => Ok(()),
        Err(error) => {
            let other = port.checked_add(1).unwrap_or(4173);
            bail!(
                "cannot listen on port {port} ({error}): stop what uses it, or run `cargo xtask serve --port {other}`"
            )
        }
    }
}

fn has_desktop() -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !set("CI") && (cfg!(any(windows, target_os = "macos")) || set("DISPLAY") || set("WAYLAND_DISPLAY"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_port_in_use_is_refused_with_what_to_do() {
        let held = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let port = held.local_addr().unwrap().port();
        let error = check_free(port).unwrap_err().to_string();
        assert!(error.contains(&format!("port {port}")) && error.contains("--port"), "{error}");
        drop(held);
        check_free(port).unwrap();
    }
}
